import { Command, CommanderError } from 'commander';
import { loadCommands } from '../cli/commands/index.ts';
import { findStage } from '../stages/find-stage.ts';
import type { StageDir } from '../stages/stage-dirs.ts';

/** What a command that is named may be resolved against. */
export type CommandGround = {
  /** The scripts of package.json. */
  readonly scripts: ReadonlySet<string>;
  readonly stages: readonly StageDir[];
};

/** The commands of npm in a text, each from `npm` to where it ends. */
export function npmCommandsIn(text: string): readonly string[] {
  return Array.from(
    text.matchAll(/\bnpm (?:run(?: (?:-s|--silent))?(?: [a-z][a-z:]*)?|start|test)\b[^\n`'"&|;)#]*/g),
    ([found]) => found.trim(),
  );
}

/** Says what is wrong with a command of npm by the scripts and the command line's own definitions; it runs nothing. */
export async function complaintAbout(command: string, { scripts, stages }: CommandGround): Promise<string | undefined> {
  const [, verb, ...rest] = command.split(/\s+/);
  const words = rest.filter((word) => word !== '-s' && word !== '--silent');
  const script = verb === 'run' ? words.shift() : verb;
  if (script === undefined || /^[A-Z…]/.test(script)) return undefined;
  if (!scripts.has(script)) return `there is no script "${script}"`;
  const split = words.indexOf('--');
  const [before, after] = split < 0 ? [words, []] : [words.slice(0, split), words.slice(split + 1)];
  if (before.some((word) => word.startsWith('-'))) return 'npm keeps options that stand before `--` to itself';
  const args = [...before, ...after].filter((word) => !/^[….,:]+$/.test(word));
  return (await whyRefused(script, args)) ?? unknownStage(script, args, stages);
}

/** The command line with actions that do nothing: what it refuses, it refuses here too. */
async function whyRefused(script: string, args: readonly string[]): Promise<string | undefined> {
  const program = new Command('npm run').exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
  const declare = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .exitOverride()
      .allowExcessArguments(false)
      .configureOutput({ writeErr: () => {}, writeOut: () => {} });
  for (const command of await loadCommands()) command(declare, () => async () => {});
  if (!program.commands.some((command) => command.name() === script)) return undefined;
  try {
    await program.parseAsync([script, ...args], { from: 'user' });
    return undefined;
  } catch (error) {
    // A text may name a command, or an option, without what it takes.
    if (error instanceof CommanderError)
      return /argument missing|missing required/.test(error.message) ? undefined : error.message;
    throw error;
  }
}

/** Commands that take a stage name it first; a letter stands for any. */
function unknownStage(script: string, [wanted]: readonly string[], stages: readonly StageDir[]): string | undefined {
  if (!TAKES_A_STAGE.has(script) || wanted === undefined || !/^\d/.test(wanted)) return undefined;
  try {
    findStage(stages, wanted);
    return undefined;
  } catch (error) {
    return String(error);
  }
}

const TAKES_A_STAGE = new Set(['start', 'check', 'goto', 'step', 'solve', 'diff', 'hint', 'reset', 'notes']);

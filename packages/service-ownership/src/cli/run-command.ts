import { MalformedInput } from '../read/malformed-input.ts';
import { catalog } from './catalog.ts';
import { evaluate } from './evaluate.ts';
import { HELP } from './help.ts';
import { objectives } from './objectives.ts';
import { page } from './page.ts';
import { pager } from './pager.ts';
import { report } from './report.ts';
import { type Surroundings, UsageError } from './surroundings.ts';
import { whatChanged } from './what-changed.ts';

type Command = (args: readonly string[], surroundings: Surroundings) => Promise<number>;

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['catalog', catalog],
  ['objectives', objectives],
  ['page', page],
  ['pager', pager],
  ['what-changed', whatChanged],
  ['evaluate', evaluate],
  ['report', report],
]);

/**
 * Runs a command line. Returns its exit code: 0 all is as it should be; 1 it is not. Throws a `UsageError` for what the
 * user can mend: options and files.
 */
export async function runCommand(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || rest.includes('--help') || rest.includes('-h')) {
    surroundings.print(HELP);
    return 0;
  }
  const command = COMMANDS.get(name);
  if (!command)
    throw new UsageError(
      `There is no command \`${name}\`. There are ${[...COMMANDS.keys()].map((one) => `\`${one}\``).join(', ')}.`,
    );
  try {
    return await command(rest, surroundings);
  } catch (error) {
    throw error instanceof MalformedInput ? new UsageError(error.message, { cause: error }) : error;
  }
}

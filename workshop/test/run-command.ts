import { CommanderError } from 'commander';
import { createProgram } from '../cli/program.ts';
import type { Surroundings } from '../cli/surroundings.ts';
import { UsageError } from '../stages/usage-error.ts';

/** What a command did: its exit code, what it printed, and what it said beside. */
export type CommandEnd = { readonly code: number; readonly out: string; readonly err: string };

/** Runs one command in a project, as the command line does, without a terminal. */
export async function runCommand(
  root: string,
  args: readonly string[],
  around: Partial<Surroundings> = {},
): Promise<CommandEnd> {
  const out: string[] = [];
  const err: string[] = [];
  const surroundings: Surroundings = {
    root,
    cwd: root,
    env: {},
    print: (text) => out.push(text),
    note: (text) => err.push(text),
    columns: 100,
    rows: 30,
    colour: false,
    isInteractive: false,
    terminal: undefined,
    onInputEnd: () => ({ [Symbol.dispose]: () => {} }),
    atExit: () => ({ [Symbol.dispose]: () => {} }),
    signal: new AbortController().signal,
    nodePath: process.execPath,
    ...around,
  };
  const code = await createProgram(surroundings)
    .run(args)
    .catch((error: unknown) => {
      if (error instanceof UsageError) err.push(error.message);
      else if (!(error instanceof CommanderError)) throw error;
      return 2;
    });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

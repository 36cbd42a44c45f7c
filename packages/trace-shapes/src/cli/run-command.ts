import { compare } from './compare.ts';
import { HELP } from './help.ts';
import { infer } from './infer.ts';
import { print } from './print.ts';
import { receive } from './receive.ts';
import { type Surroundings, UsageError } from './surroundings.ts';

type Command = (args: readonly string[], surroundings: Surroundings) => Promise<number>;

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['receive', receive],
  ['print', print],
  ['compare', compare],
  ['infer', infer],
]);

/** Runs a command line. Returns its exit code: 0 done, or as expected; 1 not as expected. Throws a `UsageError`. */
export async function runCommand(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || rest.includes('--help') || rest.includes('-h')) {
    surroundings.print(HELP);
    return 0;
  }
  const command = COMMANDS.get(name);
  if (command) return command(rest, surroundings);
  throw new UsageError(
    `There is no command \`${name}\`. There are ${[...COMMANDS.keys()].map((one) => `\`${one}\``).join(', ')}.`,
  );
}

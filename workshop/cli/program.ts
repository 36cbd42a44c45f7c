import { Command } from 'commander';
import { loadCommands } from './commands/index.ts';
import type { Surroundings } from './surroundings.ts';
import type { Runner } from './workshop-command.ts';

/** Builds the command line. `run` resolves with the exit code: 0 passed, 1 failed, 2 could not run. */
export function createProgram(surroundings: Surroundings): {
  readonly run: (args: readonly string[]) => Promise<number>;
} {
  const program = new Command('npm run');
  let exitCode = 0;
  const declare = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .exitOverride()
      .allowExcessArguments(false)
      .showHelpAfterError(`What it takes: npm run ${name} -- --help`)
      .configureHelp({ commandUsage: (command) => `npm run ${command.name()} -- ${command.usage()}` });
  const run: Runner =
    (action) =>
    async (...args) => {
      exitCode = await action(surroundings, ...args);
    };
  program
    .description('Untangle: a workshop on distributed tracing that checks the spans you emit.')
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => surroundings.print(text.trimEnd()),
      writeErr: (text) => surroundings.note(text.trimEnd()),
    });
  return {
    async run(args) {
      for (const command of await loadCommands(args[0])) command(declare, run);
      await program.parseAsync([...args], { from: 'user' });
      return exitCode;
    },
  };
}

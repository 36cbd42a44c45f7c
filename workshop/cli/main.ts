import { CommanderError } from 'commander';
import { explainDiskError } from '../stages/disk-error.ts';
import { UsageError } from '../stages/usage-error.ts';
import { createProgram } from './program.ts';
import { readSurroundings } from './read-surroundings.ts';

const surroundings = readSurroundings();
try {
  process.exitCode = await createProgram(surroundings).run(process.argv.slice(2));
} catch (error) {
  process.exitCode = report(explainDiskError(error) ?? error);
}

/** Explains an error once, at the end: exit 2 for what the user can mend, and for what is our bug. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (surroundings.signal.aborted) return 130;
  if (error instanceof UsageError) {
    surroundings.note(error.message);
    if (surroundings.env.WORKSHOP_STACK) surroundings.note(String(error.stack));
    return 2;
  }
  surroundings.note(`This is a mistake in the workshop, not in your code. Please report it with these lines:\n`);
  surroundings.note(error instanceof Error ? String(error.stack) + causeOf(error) : String(error));
  return 2;
}

function causeOf(error: Error): string {
  return error.cause instanceof Error ? `\nCaused by: ${error.cause.stack}` : '';
}

import type { Command } from 'commander';
import type { Surroundings } from './surroundings.ts';

/** One command of the workshop: it declares itself, and its action gives the exit code. */
export type WorkshopCommand = (declare: (name: string, description: string) => Command, run: Runner) => void;

/** Wraps an action so that its result becomes the exit code. */
export type Runner = <Args extends unknown[]>(
  action: (surroundings: Surroundings, ...args: Args) => Promise<number>,
) => (...args: Args) => Promise<void>;

import { UsageError } from '../stages/usage-error.ts';

/** A whole number from 1 that the user typed for an option. */
export function readCount(option: string, typed: string): number {
  const count = Number(typed);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new UsageError(`${option} is "${typed}"; it must be a whole number from 1.`);
}

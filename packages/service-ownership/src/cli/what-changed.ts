import { renderChanges } from '../render/render-changes.ts';
import { whatChanged as findChanges } from '../what-changed/what-changed.ts';
import { openSpans } from './open-spans.ts';
import { COMMON_OPTIONS, parseArguments } from './parse-arguments.ts';
import { SET_OPTIONS, spanSets } from './span-sets.ts';
import { type Surroundings, UsageError } from './surroundings.ts';

/** `ownership what-changed`: two sets of traces, and who may answer for the difference. Returns 0 if there is none, else 1. */
export async function whatChanged(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parseArguments(args, OPTIONS);
  const sets = spanSets(options);
  await using store = await openSpans(options, surroundings);
  const changes = await findChanges(store.engine, sets);
  const { before, after } = changes.whole;
  if (before.traces === 0 || after.traces === 0)
    throw new UsageError(`There is nothing to compare: ${before.traces} traces before, ${after.traces} after.`);
  surroundings.print(options.json ? JSON.stringify(changes, undefined, 2) : renderChanges(changes, surroundings));
  return changes.changed ? 1 : 0;
}

const OPTIONS = { ...COMMON_OPTIONS, ...SET_OPTIONS } as const;

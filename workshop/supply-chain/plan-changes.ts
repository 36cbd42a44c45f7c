import { CHANGE_KINDS, type ChainChange, makeChange } from './chain-change.ts';
import { type Random, seededRandom } from './seeded-random.ts';
import type { ChainService } from './topology.ts';

/** Changes to look for, and `undefined` where nothing is to change. */
export type PlannedChange = ChainChange | undefined;

/**
 * Plans changes of all kinds, at all depths, in a random order, with quiet ones between them: the same for the same seed.
 */
export function planChanges(
  chain: readonly ChainService[],
  { changed, quiet, seed }: { readonly changed: number; readonly quiet: number; readonly seed: number },
): readonly PlannedChange[] {
  const random = seededRandom(seed);
  const places = dealt(chain, changed, random);
  const kinds = dealt(CHANGE_KINDS, changed, random);
  const changes = places.map((service, i) => makeChange(kinds[i] ?? 'deploy', service, random));
  return shuffled([...changes, ...Array.from({ length: quiet }, () => undefined)], random);
}

/** So many of them that each comes as often as any other, in a random order. */
function dealt<T>(from: readonly T[], count: number, random: Random): readonly T[] {
  const rounds = Array.from({ length: Math.ceil(count / from.length) }, () => shuffled(from, random));
  return rounds.flat().slice(0, count);
}

/** The same in a random order: Fisher and Yates. */
export function shuffled<T>(from: readonly T[], random: Random): readonly T[] {
  const all = [...from];
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [all[i], all[j]] = [all[j] as T, all[i] as T];
  }
  return all;
}

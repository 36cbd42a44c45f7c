import { compareShares } from './compare-shares.ts';
import { randomFrom } from './random-from.ts';
import type { Signal } from './signal.ts';

/**
 * How probable a score is if nothing changed: the share of shufflings of the blocks between before and after in which
 * some signal, any of them, scored as high (Westfall and Young's maxT). It so allows for how many signals there are, and
 * for calls of one moment being alike.
 */
export function chanceOf(signals: readonly Signal[], blocks: number): (score: number) => number {
  const highest = shuffles(blocks).map((isAfter) => highestScore(signals, isAfter));
  highest.sort((a, b) => a - b);
  return (score) => (1 + highest.filter((other) => other >= score).length) / (1 + highest.length);
}

function highestScore(signals: readonly Signal[], isAfter: readonly boolean[]): number {
  let highest = 0;
  for (const { of, hits } of signals) highest = Math.max(highest, compareShares(of, hits, isAfter)?.score ?? 0);
  return highest;
}

function shuffles(blocks: number): boolean[][] {
  const random = randomFrom(SEED);
  return Array.from({ length: SHUFFLES }, () => shuffled(blocks * 2, random));
}

/** Half of the places true. Fisher and Yates. */
function shuffled(length: number, random: () => number): boolean[] {
  const places = Array.from({ length }, (_, i) => i >= length / 2);
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [places[i], places[j]] = [places[j] ?? false, places[i] ?? false];
  }
  return places;
}

/** Enough to tell one in twenty from one in a hundred. */
const SHUFFLES = 199;
const SEED = 1;

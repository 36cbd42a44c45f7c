import { compareSignals } from './compare-signals.ts';
import { randomFrom } from './random-from.ts';
import type { Signal } from './signal.ts';

/**
 * How probable a score is if nothing changed: the share of shufflings of the blocks between before and after in which
 * some signal, any of them, scored as high (Westfall and Young's maxT). It so allows for how many signals there are, and
 * for calls of one moment being alike.
 */
export function chanceOf(signals: readonly Signal[], blocks: number): (score: number) => number {
  const varying = signals.filter(varies);
  const highest = shuffles(blocks * 2).map((isAfter) => highestScore(varying, isAfter));
  highest.sort((a, b) => a - b);
  return (score) => (1 + highest.filter((other) => other >= score).length) / (1 + highest.length);
}

/** Where none or all behave so, all shufflings are alike. */
function varies({ of, hits }: Signal): boolean {
  const all = sum(hits);
  return all > 0 && all < sum(of);
}

function sum(counts: readonly number[]): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}

function highestScore(signals: readonly Signal[], isAfter: readonly boolean[]): number {
  let highest = 0;
  for (const comparison of compareSignals(signals, isAfter)) highest = Math.max(highest, comparison?.score ?? 0);
  return highest;
}

function shuffles(length: number): readonly (readonly boolean[])[] {
  const random = randomFrom(SEED);
  return Array.from({ length: SHUFFLES }, () => shuffled(length, random));
}

/** Half of the places true. Fisher and Yates. */
function shuffled(length: number, random: () => number): readonly boolean[] {
  const places = Array.from({ length }, (_, i) => i >= length / 2);
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [places[i], places[j]] = [places[j] ?? false, places[i] ?? false];
  }
  return places;
}

/** Enough to tell one in a hundred. */
const SHUFFLES = 299;
const SEED = 1;

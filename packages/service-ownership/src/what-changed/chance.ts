import { compareShares } from './compare-shares.ts';
import { randomFrom } from './random-from.ts';
import type { Signal } from './signal.ts';

/**
 * How probable a score is if nothing changed: the share of shufflings of the blocks between before and after in which
 * some signal, any of them, scored as high (Westfall and Young's maxT). It so allows for how many signals there are, and
 * for calls of one moment being alike.
 */
export function chanceOf(signals: readonly Signal[], blocks: number): (score: number) => number {
  const varying = signals.filter(varies);
  const highest = shuffles(blocks).map((isAfter) => highestScore(varying, isAfter));
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
  for (const { of, hits } of signals) highest = Math.max(highest, compareShares(of, hits, isAfter)?.score ?? 0);
  return highest;
}

function shuffles(blocks: number): boolean[][] {
  const random = randomFrom(SEED);
  return Array.from({ length: SHUFFLES }, () => shuffled(blocks, random));
}

/** Even blocks change places with even ones, odd with odd: their limits are not the same. */
function shuffled(blocks: number, random: () => number): boolean[] {
  const isAfter = Array.from({ length: blocks * 2 }, (_, i) => i >= blocks);
  for (const odd of [0, 1]) {
    const places = isAfter.map((_, i) => i).filter((i) => (i % blocks) % 2 === odd);
    const order = inRandomOrder(places, random);
    places.forEach((place, i) => {
      isAfter[place] = (order[i] ?? 0) >= blocks;
    });
  }
  return isAfter;
}

/** Fisher and Yates. */
function inRandomOrder(values: readonly number[], random: () => number): readonly number[] {
  const order = [...values];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
  return order;
}

/** Enough to tell one in a hundred. */
const SHUFFLES = 499;
const SEED = 1;

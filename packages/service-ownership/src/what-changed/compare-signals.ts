import { type Comparison, compareShares } from './compare-shares.ts';
import type { Signal, SignalKind } from './signal.ts';

/**
 * Compares every signal between the blocks of before and those of after; undefined where one side has none.
 * When the machine is busy everything is slower: what most spots share is no place's doing, and taken off all scores.
 */
export function compareSignals(
  signals: readonly Signal[],
  isAfter: readonly boolean[],
): readonly (Comparison | undefined)[] {
  const comparisons = signals.map(({ of, hits }) => compareShares(of, hits, isAfter));
  const shared = new Map(
    SLOW.map((kind) => [kind, sharedScore(comparisons.filter((_, i) => signals[i]?.kind === kind))]),
  );
  return comparisons.map((comparison, i) => {
    const less = shared.get(signals[i]?.kind ?? 'last') ?? 0;
    return comparison && less > 0 ? { ...comparison, score: comparison.score - less } : comparison;
  });
}

/** The score that two thirds of the spots reach. Of few spots a fault may well reach so many. */
function sharedScore(comparisons: readonly (Comparison | undefined)[]): number {
  const scores = comparisons.flatMap((comparison) => (comparison ? [comparison.score] : [])).sort((a, b) => a - b);
  return scores.length < FEW ? 0 : Math.max(0, scores[Math.floor(scores.length / 3)] ?? 0);
}

const SLOW: readonly SignalKind[] = ['slow', 'very-slow'];
const FEW = 12;

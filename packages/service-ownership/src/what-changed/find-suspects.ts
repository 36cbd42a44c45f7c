import { type Credit, creditBy } from './credit.ts';
import type { Evidence } from './weigh-evidence.ts';

/** A place that may answer for what changed. */
export interface RankedSuspect extends Credit {
  /** Chance of such a score if nothing changed, over all signals: 0.01 is one in a hundred comparisons. */
  readonly chance: number;
  /** Sure, and large: by this the suspects are ranked. */
  readonly weight: number;
  /** What speaks against it, the weightiest first. */
  readonly evidence: readonly Evidence[];
}

/**
 * Ranks who may answer for the evidence: the sure before the unsure, then by how sure and how large at once (the score
 * times the root of the effect). Evidence against one place is one suspect.
 */
export function findSuspects(all: readonly Evidence[], chanceOf: (score: number) => number): readonly RankedSuspect[] {
  const creditOf = creditBy(all);
  const suspects = new Map<string, { readonly credit: Credit; readonly evidence: Evidence[] }>();
  for (const evidence of withoutConsequences(all, chanceOf)
    .filter(({ score }) => score > 0)
    .sort(byWeight)) {
    const credit = creditOf(evidence);
    const key = `${credit.service}\u0000${credit.operation}`;
    const known = suspects.get(key);
    if (known) known.evidence.push(evidence);
    else suspects.set(key, { credit, evidence: [evidence] });
  }
  return [...suspects.values()].map((suspect) => rank(suspect, chanceOf)).sort(bySurenessThenWeight);
}

/**
 * Who ends early makes fewer calls, and the requests that still arrive further down are others than before. So where
 * something surely stops early or fails, the number of calls says nothing more.
 */
function withoutConsequences(all: readonly Evidence[], chanceOf: (score: number) => number): readonly Evidence[] {
  const stop = Math.max(0, ...all.filter(({ signal }) => STOPS.has(signal.kind)).map(({ score }) => score));
  if (stop === 0 || chanceOf(stop) > SURE) return all;
  return all.filter(({ signal }) => !CALLS.has(signal.kind));
}

function rank(
  { credit, evidence }: { readonly credit: Credit; readonly evidence: readonly Evidence[] },
  chanceOf: (score: number) => number,
): RankedSuspect {
  const chance = chanceOf(Math.max(...evidence.map(({ score }) => score)));
  return { ...credit, chance, weight: weightOf(evidence[0]), evidence };
}

function byWeight(a: Evidence, b: Evidence): number {
  return weightOf(b) - weightOf(a);
}

function weightOf(evidence: Evidence | undefined): number {
  return evidence ? evidence.score * Math.sqrt(evidence.effect) : 0;
}

function bySurenessThenWeight(a: RankedSuspect, b: RankedSuspect): number {
  return Number(b.chance <= SURE) - Number(a.chance <= SURE) || b.weight - a.weight;
}

/** One false alarm in a hundred quiet comparisons: then at most one of twenty, as promised, even on an unlucky day. */
export const SURE = 0.01;

const STOPS: ReadonlySet<string> = new Set(['last', 'error', 'unanswered']);
const CALLS: ReadonlySet<string> = new Set(['has', 'has-more', 'lacks']);

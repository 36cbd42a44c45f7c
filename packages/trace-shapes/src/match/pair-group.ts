import type { Count } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';
import { assign } from './assign.ts';
import type { Pairing } from './pairing.ts';

/** Compares the shape at an index with a candidate; `undefined` when the candidate can't be what was meant. */
export type Evaluate = (shape: number, candidate: SpanNode) => Pairing | undefined;

/**
 * Pairs shapes, each wanted so many times, with candidates in any order, so that the whole fits best. What fits one
 * shape exactly and no other is taken at once, which keeps large groups linear; the rest is assigned optimally.
 * @returns for each shape the pairings it got
 */
export function pairGroup(
  counts: readonly Count[],
  candidates: readonly SpanNode[],
  evaluate: Evaluate,
): readonly (readonly Pairing[])[] {
  const got: Pairing[][] = counts.map(() => []);
  const undecided: Fit[][] = [];
  for (const candidate of candidates) {
    const fits = counts.flatMap((_, shape) => toFit(shape, evaluate(shape, candidate)));
    const [fit] = fits;
    if (fits.length === 1 && fit?.pairing.cost === 0 && isWanted(fit)) got[fit.shape]?.push(fit.pairing);
    else if (fits.length > 0) undecided.push(fits);
  }
  const isContested = undecided.some((fits) => fits.length > 1);
  for (const { shape, pairing } of isContested ? settle(undecided, counts, got) : takeCheapest(undecided.flat())) {
    got[shape]?.push(pairing);
  }
  return got;

  function isWanted({ shape }: Fit): boolean {
    return (got[shape]?.length ?? 0) < (counts[shape]?.max ?? 0);
  }

  /** Where no two shapes want the same span, each shape's cheapest are the best there is. */
  function takeCheapest(fits: readonly Fit[]): readonly Fit[] {
    const taken = got.map((pairings) => pairings.length);
    return fits
      .toSorted((a, b) => a.pairing.cost - b.pairing.cost)
      .filter(({ shape, pairing }) => {
        const count = counts[shape] as Count;
        const before = taken[shape] as number;
        if (before >= count.max || (before >= count.min && isRenamed(pairing))) return false;
        taken[shape] = before + 1;
        return true;
      });
  }
}

interface Fit {
  readonly shape: number;
  readonly pairing: Pairing;
}

interface Slot {
  readonly shape: number;
  /** Whether the shape asks for this one; a span with another name never takes a slot that may stay empty. */
  readonly required: boolean;
}

function toFit(shape: number, pairing: Pairing | undefined): readonly Fit[] {
  return pairing ? [{ shape, pairing }] : [];
}

function settle(undecided: readonly (readonly Fit[])[], counts: readonly Count[], got: readonly Pairing[][]) {
  const slots = counts.flatMap((count, shape) => slotsFor(count, shape, got[shape]?.length ?? 0, undecided.length));
  const fitOf = (row: number, column: number) => undecided[column]?.find(({ shape }) => shape === slots[row]?.shape);
  const columns = assign(slots.length, undecided.length, (row, column) => {
    const fit = fitOf(row, column);
    const worth = fit && worthOf(fit.pairing, slots[row]?.required ?? false);
    return worth === undefined ? undefined : worth - OUT_OF_ORDER * Math.abs(row - column);
  });
  return columns.flatMap((column, row) => (column === undefined ? [] : (fitOf(row, column) ?? [])));
}

/** Of pairings that are worth the same, the one in the order of the shapes wins. */
const OUT_OF_ORDER = 1e-6;

/** A span that has the name is worth more than two that would have to be renamed, one that is asked for more than both. */
function worthOf(pairing: Pairing, required: boolean): number | undefined {
  if (isRenamed(pairing)) return required ? 200 - withinLimit(pairing.cost) : undefined;
  return (required ? 2000 : 600) - withinLimit(pairing.cost);
}

/** Keeps the order of costs, and each below what sets one kind of pairing apart from the next. */
function withinLimit(cost: number): number {
  return (cost * MOST_COST) / (cost + MOST_COST);
}

const MOST_COST = 190;

function isRenamed({ differences }: Pairing): boolean {
  return differences.some(({ aspect }) => aspect === 'name');
}

function slotsFor(count: Count, shape: number, taken: number, candidates: number): readonly Slot[] {
  const free = Math.min(count.max - taken, candidates);
  return Array.from({ length: Math.max(free, 0) }, (_, i) => ({ shape, required: taken + i < count.min }));
}

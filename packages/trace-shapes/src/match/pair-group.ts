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
  const undecided: SpanNode[] = [];
  for (const candidate of candidates) {
    const fits = counts.flatMap((_, shape) => toFit(shape, evaluate(shape, candidate)));
    const [fit] = fits;
    if (fits.length === 1 && fit?.pairing.cost === 0 && !isFull(fit.shape)) got[fit.shape]?.push(fit.pairing);
    else if (fits.length > 0) undecided.push(candidate);
  }
  for (const { shape, pairing } of assignUndecided()) got[shape]?.push(pairing);
  return got;

  function isFull(shape: number): boolean {
    return (got[shape]?.length ?? 0) >= (counts[shape]?.max ?? 0);
  }

  function assignUndecided(): readonly Fit[] {
    const slots = counts.flatMap((count, shape) => slotsFor(count, shape, got[shape]?.length ?? 0, undecided.length));
    const columns = assign(slots.length, undecided.length, (row, column) => worthOf(slots[row], undecided[column]));
    return columns.flatMap((column, row) => {
      const [slot, candidate] = [slots[row], column === undefined ? undefined : undecided[column]];
      return slot && candidate ? toFit(slot.shape, evaluate(slot.shape, candidate)) : [];
    });
  }

  function worthOf(slot: Slot | undefined, candidate: SpanNode | undefined): number | undefined {
    const pairing = slot && candidate && evaluate(slot.shape, candidate);
    if (!pairing) return undefined;
    if (slot.required) return Math.max(10 - pairing.cost, 0.1);
    return pairing.differences.some(({ aspect }) => aspect === 'name') ? undefined : Math.max(5 - pairing.cost, 0.05);
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

function slotsFor(count: Count, shape: number, taken: number, candidates: number): readonly Slot[] {
  const free = Math.min(count.max - taken, candidates);
  return Array.from({ length: Math.max(free, 0) }, (_, i) => ({ shape, required: taken + i < count.min }));
}

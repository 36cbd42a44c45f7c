import type { Comparison } from './compare-shares.ts';
import { compareSignals } from './compare-signals.ts';
import type { Signals } from './read-signals.ts';
import type { Whole } from './read-whole.ts';
import type { Signal } from './signal.ts';

/** A signal, how it compares, and what it does to the whole. */
export interface Evidence extends Comparison {
  readonly signal: Signal;
  /** Self time that the spot adds to the average trace. */
  readonly addedMsPerTrace: number;
  /** From 0 to 1: of the average trace's time for slowness, of the traces for everything else. */
  readonly effect: number;
}

/** Compares each signal and sizes its effect. Spots that only one side has are left out; their callers' signals tell. */
export function weighEvidence({ signals, selfMs }: Signals, whole: Whole, blocks: number): readonly Evidence[] {
  const isAfter = Array.from({ length: blocks * 2 }, (_, i) => i >= blocks);
  const comparisons = compareSignals(signals, isAfter);
  return signals.flatMap((signal, i) => {
    const comparison = comparisons[i];
    if (!comparison) return [];
    const addedMsPerTrace = addedMs(selfMs.get(signal.spot) ?? [], whole, blocks);
    return [{ ...comparison, signal, addedMsPerTrace, effect: effectOf(signal, comparison, addedMsPerTrace, whole) }];
  });
}

function addedMs(ms: readonly number[], { before, after }: Whole, blocks: number): number {
  return sum(ms.slice(blocks)) / after.taken - sum(ms.slice(0, blocks)) / before.taken;
}

function effectOf(signal: Signal, { before, after }: Comparison, addedMsPerTrace: number, whole: Whole): number {
  if (signal.kind === 'slow' || signal.kind === 'very-slow') {
    return between0and1(addedMsPerTrace / Math.max(whole.before.meanMs, whole.after.meanMs));
  }
  const grown = after.hits / after.of - before.hits / before.of;
  return between0and1((grown * after.of) / whole.after.taken);
}

function between0and1(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

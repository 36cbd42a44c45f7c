import type { Trace } from 'trace-shapes';
import { toMs } from './run-times.ts';
import { summariseTrace, type TraceSummary } from './summarise-trace.ts';

/** Which traces are wanted, and in which order. */
export type TraceWishes = {
  /** The one with the longest span first, instead of the earliest. */
  readonly slow: boolean;
  /** Only those with an error. */
  readonly errors: boolean;
  /** Only those in which this service has a span. */
  readonly service: string | undefined;
  /** Only those that ran while this one did, or within a second of it. */
  readonly around: Trace | undefined;
};

/** Picks the traces that are wanted, each as a line. */
export function pickTraces(traces: readonly Trace[], wishes: TraceWishes): readonly TraceSummary[] {
  const picked = traces
    .filter((trace) => !wishes.around || isNear(trace, wishes.around))
    .map(summariseTrace)
    .filter(({ errors, services }) => {
      const isOfService = wishes.service === undefined || services.includes(wishes.service);
      return isOfService && (!wishes.errors || errors > 0);
    });
  return wishes.slow ? picked.toSorted((a, b) => b.longestMs - a.longestMs) : picked;
}

function isNear(trace: Trace, other: Trace): boolean {
  const [a, b] = [extentOf(trace), extentOf(other)];
  return a.startMs <= b.endMs + NEAR_MS && a.endMs >= b.startMs - NEAR_MS;
}

function extentOf({ nodes }: Trace): { readonly startMs: number; readonly endMs: number } {
  const startMs = Math.min(...nodes.map(({ span }) => toMs(span.startUnixNano)));
  return { startMs, endMs: Math.max(...nodes.map(({ span }) => toMs(span.endUnixNano))) };
}

const NEAR_MS = 1_000;

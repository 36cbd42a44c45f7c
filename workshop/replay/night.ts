import { buildTraces, type SpanNode, type Trace } from 'trace-shapes';
import { type Blame, countBlame } from './count-blame.ts';
import { findHanging } from './find-hanging.ts';
import { type Meter, readMeters } from './read-meters.ts';
import type { NightRun } from './run-night.ts';

/** A replayed night as a detective has it: what the customer saw, what was emitted, what the log says. */
export type Night = {
  /** How long the hanging checkout took by the customer's clock. */
  readonly hangMs: number;
  readonly orderId: string | undefined;
  /** The span of the hanging checkout; `undefined` when none came for it. */
  readonly hanging: SpanNode | undefined;
  readonly traces: readonly Trace[];
  /** Warnings and errors of the log, the most frequent first. */
  readonly blame: readonly Blame[];
  /** What the metrics say; none before there are any. */
  readonly meters: readonly Meter[];
  /** Whether the learner is to find out who held what was waited for: then the board does not say. */
  readonly isDrawn: boolean;
};

/** Lays out what a replay left behind. */
export function toNight({ facts, telemetry, log }: NightRun, isDrawn = false): Night {
  const traces = buildTraces(telemetry.spans);
  const { durationMs, orderId } = facts.hanging;
  return {
    hangMs: durationMs,
    orderId,
    hanging: findHanging(traces, facts.hanging),
    traces,
    blame: countBlame(log),
    meters: readMeters(telemetry.metrics),
    isDrawn,
  };
}

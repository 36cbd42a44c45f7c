import { durationMs, missingParents, type Trace } from 'trace-shapes';
import { toMs } from './run-times.ts';

/** A trace in one line. */
export type TraceSummary = {
  readonly traceId: string;
  /** The name of its root; of the first orphan where there is none. */
  readonly name: string;
  /** In the order in which they appear. */
  readonly services: readonly string[];
  readonly spans: number;
  /** Spans whose status is an error. */
  readonly errors: number;
  /** Parents that spans name and that never came. */
  readonly missing: number;
  readonly startMs: number;
  /** Of the root: what somebody waited for. Work that goes on after it counts for none. */
  readonly durationMs: number;
  /** Of its longest span: of the root, unless work goes on after it. */
  readonly longestMs: number;
};

/** Says the most important of a trace. */
export function summariseTrace(trace: Trace): TraceSummary {
  const top = trace.roots[0] ?? trace.orphans[0];
  if (!top) throw new Error(`The trace ${trace.traceId} has no spans.`);
  const spans = trace.nodes.map(({ span }) => span);
  return {
    traceId: trace.traceId,
    name: top.span.name,
    services: [...new Set(spans.map(({ service }) => service))],
    spans: spans.length,
    errors: spans.filter(({ status }) => status.code === 'error').length,
    missing: missingParents(trace).length,
    startMs: toMs(top.span.startUnixNano),
    durationMs: durationMs(top.span),
    longestMs: Math.max(...spans.map(durationMs)),
  };
}

/** As much of a trace's id as is shown: `npm run trace` takes it. */
export function shortId(traceId: string): string {
  return traceId.slice(0, 8);
}

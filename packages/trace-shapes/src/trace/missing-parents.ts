import type { Trace } from './trace.ts';

/** A span that others name as their parent and that never came. */
export interface MissingParent {
  readonly traceId: string;
  readonly spanId: string;
  /** The names of the spans that wait for it. */
  readonly children: readonly string[];
}

/** The parents that a trace's spans name and that did not come. */
export function missingParents(trace: Trace): MissingParent[] {
  if (trace.orphans.length === 0) return [];
  const present = new Set(trace.nodes.map((node) => node.span.spanId));
  const waiting = new Map<string, string[]>();
  for (const { span } of trace.orphans) {
    // The orphan that a cycle was broken at has its parent: nothing more will come.
    if (span.parentSpanId === undefined || present.has(span.parentSpanId)) continue;
    const names = waiting.get(span.parentSpanId);
    if (names === undefined) waiting.set(span.parentSpanId, [span.name]);
    else names.push(span.name);
  }
  return [...waiting].map(([spanId, children]) => ({ traceId: trace.traceId, spanId, children }));
}

/** Whether every parent that the trace's spans name has come. */
export function isComplete(trace: Trace): boolean {
  return missingParents(trace).length === 0;
}

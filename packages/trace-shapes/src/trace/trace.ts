import type { Span } from '../otlp/telemetry.ts';

/** A span in its tree. */
export interface SpanNode {
  readonly span: Span;
  readonly trace: Trace;
  /** `undefined` on a root and on an orphan. */
  readonly parent: SpanNode | undefined;
  /** By start, then end, then name: a reading order, not a fact, since the SDK's starts have 1 ms resolution. */
  readonly children: readonly SpanNode[];
}

/** All spans with one trace id. A sound trace has one root and no orphans. */
export interface Trace {
  readonly traceId: string;
  /** Spans without a parent id, or whose parent is known to be outside of what is watched. */
  readonly roots: readonly SpanNode[];
  /** Spans whose parent's id never came: it never ended, or was not exported. */
  readonly orphans: readonly SpanNode[];
  /** Every span of the trace, by start. */
  readonly nodes: readonly SpanNode[];
}

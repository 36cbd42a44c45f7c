/** What the critical path needs of a span. Times are milliseconds, of any epoch. */
export interface TimedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty on a root. */
  readonly parentId: string;
  readonly service: string;
  readonly operation: string;
  /** As the ClickHouse exporter writes it: `Server`, `Client`, `Producer`… */
  readonly kind: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** A piece of the critical path: a span's own time, in which nothing below it was waited for. */
export interface PathSegment {
  readonly span: TimedSpan;
  readonly startMs: number;
  readonly endMs: number;
}

/** What a stage costs and brings, measured: the price list of "free, cheap or effort". */
export type Ledger = {
  /** How often each state was started and driven; of its times the best counts. */
  readonly rounds: number;
  /** The orders, one after the other, that spans and bytes were counted of. */
  readonly orders: number;
  readonly untraced: { readonly startMs: number; readonly visitsPerSecond: number };
  readonly stages: readonly LedgerLine[];
  /** What sampling saves, and what it loses; nothing where no stage samples. */
  readonly sampling: Sampling | undefined;
};

/** One stage's solution, asked for all traces and for some of them. */
export type Sampling = { readonly stage: string; readonly lines: readonly SamplingLine[] };

/** What was exported of so many orders at one ratio. */
export type SamplingLine = {
  /** The share of traces that was asked for, from 0 to 1. */
  readonly ratio: number;
  readonly orders: number;
  /** The orders that have a trace. */
  readonly kept: number;
  readonly spansPerOrder: number;
  /** Everything that is exported for an order, its lines of the log and the metrics too, in bytes. */
  readonly bytesPerOrder: number;
};

/** One stage's line: its solution against its start, and against the untraced app of the same run. */
export type LedgerLine = {
  readonly stage: string;
  readonly added: number;
  readonly removed: number;
  /** The spans in an order's trace, the median order's. */
  readonly spans: SpansByOrigin;
  /** The share of a checkout's time, from 0 to 1, during which some span below it says what is being done. */
  readonly explained: number;
  /** Everything that is exported for an order, in bytes. */
  readonly bytesPerOrder: number;
  readonly startMs: number;
  /** The time to start as a multiple of the untraced app's. */
  readonly startRatio: number;
  readonly visitsPerSecond: number;
  /** The throughput as a multiple of the untraced app's. */
  readonly throughputRatio: number;
};

/** Spans counted by who made them: the shop's own code, a library's instrumentation, the framework's. */
export type SpansByOrigin = Readonly<Record<SpanOrigin, number>>;

/** By hand, by a library or by the framework. */
export type SpanOrigin = (typeof SPAN_ORIGINS)[number];

/** In the order in which the stages bring them. */
export const SPAN_ORIGINS = ['own', 'library', 'framework'] as const;

/** Who made a span, by the name of its scope. */
export function originOf(scopeName: string): SpanOrigin {
  if (/instrumentation-(http|express|undici|router)$/.test(scopeName)) return 'framework';
  return /\binstrumentation-/.test(scopeName) ? 'library' : 'own';
}

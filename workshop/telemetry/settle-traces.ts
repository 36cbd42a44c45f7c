import { type Arrivals, buildTraces, isComplete, type Span, type Trace } from 'trace-shapes';

/** A trace that is worth looking at now. */
export type SettledTrace = {
  readonly trace: Trace;
  /** The ids of its spans that were there the last time; `undefined` the first time. */
  readonly known: ReadonlySet<string> | undefined;
};

/** When a trace counts as settled. */
export type SettleOptions = {
  /** It is complete, and for this long none of its spans has come. */
  readonly quietMs: number;
  /** It is not complete, and for this long none of its spans has come. */
  readonly deadlineMs: number;
  readonly onSettled: (settled: SettledTrace) => void;
};

/** Watches traces arrive, until disposed. */
export type TraceSettler = Disposable & {
  /** Takes every trace that has not settled yet as it is. */
  readonly flush: () => void;
};

/**
 * Tells of each trace once it is complete and quiet, or incomplete for too long; and again, when more of it comes later:
 * work that goes on after the answer belongs to the trace, too.
 */
export function settleTraces(arrivals: Arrivals, { quietMs, deadlineMs, onSettled }: SettleOptions): TraceSettler {
  const growing = new Map<string, NodeJS.Timeout>();
  const spansOf = new Map<string, Span[]>();
  const shown = new Map<string, ReadonlySet<string>>();

  const stop = arrivals.onArrival(({ spans }) => {
    for (const span of spans) keep(span);
    for (const traceId of new Set(spans.map((span) => span.traceId))) wait(traceId);
  });

  function keep(span: Span): void {
    const known = spansOf.get(span.traceId);
    if (known) known.push(span);
    else spansOf.set(span.traceId, [span]);
  }

  function wait(traceId: string): void {
    clearTimeout(growing.get(traceId));
    growing.set(
      traceId,
      setTimeout(() => onQuiet(traceId), quietMs),
    );
  }

  function onQuiet(traceId: string): void {
    const trace = build(traceId);
    if (trace && isWhole(trace)) settle(trace);
    else
      growing.set(
        traceId,
        setTimeout(() => settle(build(traceId)), deadlineMs - quietMs),
      );
  }

  function build(traceId: string): Trace | undefined {
    return buildTraces(spansOf.get(traceId) ?? [])[0];
  }

  function settle(trace: Trace | undefined): void {
    if (!trace) return;
    const { traceId } = trace;
    clearTimeout(growing.get(traceId));
    growing.delete(traceId);
    const known = shown.get(traceId);
    shown.set(traceId, new Set(trace.nodes.map(({ span }) => span.spanId)));
    forgetOldest();
    onSettled({ trace, known });
  }

  function forgetOldest(): void {
    for (const traceId of shown.keys()) {
      if (shown.size <= MOST_REMEMBERED) return;
      shown.delete(traceId);
      if (!growing.has(traceId)) spansOf.delete(traceId);
    }
  }

  return {
    flush: () => [...growing.keys()].forEach((traceId) => void settle(build(traceId))),
    [Symbol.dispose]() {
      stop();
      for (const timer of growing.values()) clearTimeout(timer);
      growing.clear();
    },
  };
}

function isWhole(trace: Trace): boolean {
  return trace.roots.length > 0 && isComplete(trace);
}

const MOST_REMEMBERED = 1_000;

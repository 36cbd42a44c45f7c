import type { Span } from '../otlp/telemetry.ts';
import { buildTraces } from '../trace/build-traces.ts';
import { isComplete } from '../trace/missing-parents.ts';
import type { Trace } from '../trace/trace.ts';

/** Gathers spans into traces until each has settled. */
export interface Settling extends Disposable {
  add(spans: readonly Span[]): void;
  /** Takes every trace that has not settled yet as it is. */
  flush(): void;
}

/**
 * Tells of each trace once it is complete and nothing more of it came for `quietMs`, or for `deadlineMs` if it is not
 * complete. What comes later is told as a trace of its own, of the later spans alone.
 */
export function settleTraces(quietMs: number, deadlineMs: number, onSettled: (trace: Trace) => void): Settling {
  const growing = new Map<string, { readonly spans: Span[]; timer: NodeJS.Timeout }>();

  return {
    add(spans) {
      for (const [traceId, arrived] of Map.groupBy(spans, (span) => span.traceId)) {
        const known = growing.get(traceId);
        clearTimeout(known?.timer);
        const all = [...(known?.spans ?? []), ...arrived];
        growing.set(traceId, { spans: all, timer: setTimeout(() => lookAt(traceId), quietMs) });
      }
    },
    flush() {
      for (const traceId of [...growing.keys()]) settle(traceId);
    },
    [Symbol.dispose]() {
      for (const { timer } of growing.values()) clearTimeout(timer);
      growing.clear();
    },
  };

  function lookAt(traceId: string): void {
    const one = growing.get(traceId);
    const [trace] = buildTraces(one?.spans ?? []);
    if (!one || !trace) return;
    if (trace.roots.length > 0 && isComplete(trace)) settle(traceId);
    else one.timer = setTimeout(() => settle(traceId), deadlineMs - quietMs);
  }

  function settle(traceId: string): void {
    const one = growing.get(traceId);
    growing.delete(traceId);
    clearTimeout(one?.timer);
    for (const trace of buildTraces(one?.spans ?? [])) onSettled(trace);
  }
}

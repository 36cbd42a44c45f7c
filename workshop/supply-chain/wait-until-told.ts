import type { Arrivals, Span } from 'trace-shapes';
import { ENTRY } from './topology.ts';

/**
 * Resolves once the spans of so many visits are there: each visit's at the storefront, every parent, and behind each call
 * somebody who was called. At the deadline it resolves as well: what a bench does not tell never comes.
 */
export function waitUntilTold(
  arrivals: Arrivals,
  { visits, fromUnixNano, signal }: { visits: number; fromUnixNano: bigint; signal: AbortSignal },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => settle(resolve), DEADLINE_MS);
    const stopListening = arrivals.onArrival(look);
    const onAbort = () => settle(() => reject(signal.reason));
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    else look();

    function look(): void {
      if (isTold(sinceThen(arrivals.telemetry.spans, fromUnixNano), visits)) settle(resolve);
    }

    function settle(how: () => void): void {
      clearTimeout(late);
      stopListening();
      signal.removeEventListener('abort', onAbort);
      how();
    }
  });
}

/** Spans that began then or later: what an earlier window has left behind may still come. */
export function sinceThen(spans: readonly Span[], fromUnixNano: bigint): readonly Span[] {
  return spans.filter(({ startUnixNano }) => startUnixNano >= fromUnixNano);
}

function isTold(spans: readonly Span[], visits: number): boolean {
  const entered = spans.filter(({ service, kind }) => service === ENTRY && kind === 'server');
  if (entered.length < visits) return false;
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const parents = new Set(spans.flatMap(({ parentSpanId }) => parentSpanId ?? []));
  return spans.every(
    ({ spanId, parentSpanId, kind, attributes }) =>
      (parentSpanId === undefined || ids.has(parentSpanId)) &&
      (kind !== 'client' || attributes['url.full'] === undefined || parents.has(spanId)),
  );
}

/** Longer than a batch waits to be sent, and than a busy laptop needs for it. */
const DEADLINE_MS = 6_000;

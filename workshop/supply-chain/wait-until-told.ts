import type { Arrivals, Span } from 'trace-shapes';
import type { Drive } from './open-chain.ts';
import { ENTRY } from './topology.ts';

/**
 * Resolves once the spans of all visits are there: each visit's at the storefront, every parent, and behind each call
 * somebody who was called. At the deadline it resolves as well: what a bench does not tell never comes.
 */
export function waitUntilTold(arrivals: Arrivals, drives: readonly Drive[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => settle(resolve), DEADLINE_MS);
    const stopListening = arrivals.onArrival(look);
    const onAbort = () => settle(() => reject(signal.reason));
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    else look();

    function look(): void {
      if (drives.every((drive) => isTold(drive, arrivals.telemetry.spans))) settle(resolve);
    }

    function settle(how: () => void): void {
      clearTimeout(late);
      stopListening();
      signal.removeEventListener('abort', onAbort);
      how();
    }
  });
}

/** Spans that began while it was driven. */
export function spansOf({ fromUnixNano, toUnixNano }: Drive, spans: readonly Span[]): readonly Span[] {
  return spans.filter(({ startUnixNano }) => startUnixNano >= fromUnixNano && startUnixNano < toUnixNano);
}

function isTold(drive: Drive, arrived: readonly Span[]): boolean {
  const spans = spansOf(drive, arrived);
  const entered = spans.filter(({ service, kind }) => service === ENTRY && kind === 'server');
  if (entered.length < drive.visits.length) return false;
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const parents = new Set(spans.flatMap(({ parentSpanId }) => parentSpanId ?? []));
  return spans.every(
    ({ spanId, parentSpanId, kind, attributes }) =>
      (parentSpanId === undefined || ids.has(parentSpanId)) &&
      (kind !== 'client' || attributes['url.full'] === undefined || parents.has(spanId)),
  );
}

/** Longer than a batch processor waits by itself, which is 5 s, and than a busy laptop needs for it. */
const DEADLINE_MS = 8_000;

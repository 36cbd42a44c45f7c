import type { StoredRun } from './store.ts';

/** When a run began, by the first line or span that is kept of it; milliseconds since the epoch. */
export function startOfRun({ telemetry, log, at }: StoredRun): number {
  const firstLineMs = log[0]?.atMs ?? Number.POSITIVE_INFINITY;
  const firstSpanMs = telemetry.spans.reduce((first, span) => Math.min(first, toMs(span.startUnixNano)), firstLineMs);
  return Number.isFinite(firstSpanMs) ? firstSpanMs : Date.parse(at);
}

/** Nanoseconds as milliseconds, fractions kept. */
export function toMs(nanos: bigint): number {
  return Number(nanos / 1_000n) / 1_000;
}

import type { LogRecord, Span } from '../otlp/telemetry.ts';

/** Logs that are not where a shape wants them, and may belong to a span that lacks one. */
export interface Strays {
  /** Takes the first log that may belong to a span: one that strayed from it can't have strayed from another as well. */
  take(span: Span, isMeant: (record: LogRecord) => boolean): LogRecord | undefined;
}

/**
 * Keeps logs by what they may belong to: one that names a trace belongs there, one that names none to any span of its
 * service. The order of arrival does not matter: they go by time, then by the spans that they name.
 * @param spanKeys the ids of all spans, trace and span, in reading order
 */
export function createStrays(logs: readonly LogRecord[], spanKeys: readonly string[]): Strays {
  const homes = new Map<string, Set<LogRecord>>();
  for (const record of inReadingOrder(logs, spanKeys)) {
    const home = record.traceId ?? `service ${record.service}`;
    const known = homes.get(home);
    if (known) known.add(record);
    else homes.set(home, new Set([record]));
  }
  return {
    take(span, isMeant) {
      for (const home of [span.traceId, `service ${span.service}`]) {
        for (const record of homes.get(home) ?? []) {
          if (!isMeant(record)) continue;
          homes.get(home)?.delete(record);
          return record;
        }
      }
      return undefined;
    },
  };
}

function inReadingOrder(logs: readonly LogRecord[], spanKeys: readonly string[]): readonly LogRecord[] {
  const rankOf = new Map(spanKeys.map((key, i) => [key, i]));
  const rank = ({ traceId, spanId }: LogRecord) => rankOf.get(`${traceId} ${spanId}`) ?? spanKeys.length;
  return logs.toSorted((a, b) => Number(a.timeUnixNano - b.timeUnixNano) || rank(a) - rank(b));
}

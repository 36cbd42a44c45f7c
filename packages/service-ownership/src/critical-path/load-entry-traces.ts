import type { Engine } from '../store/engine.ts';
import type { TimedSpan } from './timed-span.ts';

/** A trace with the span of the entry operation that it was found by. */
export interface EntryTrace {
  readonly entry: TimedSpan;
  readonly spans: readonly TimedSpan[];
}

/** Which traces: those in which this service did this, within a time if one is given. */
export interface EntryOperation {
  readonly service: string;
  readonly operation: string;
  /** Milliseconds since the epoch; from is in it, to is not. */
  readonly fromMs?: number;
  readonly toMs?: number;
}

/**
 * Traces of an entry operation, at most so many: those with the smallest ids, which is as good as drawing lots, for ids
 * are random. The same spans give the same traces.
 */
export async function loadEntryTraces(
  { query, words }: Engine,
  { service, operation, fromMs = 0, toMs = FOREVER_MS }: EntryOperation,
  most = 500,
): Promise<readonly EntryTrace[]> {
  const startMs = words.epochMs('Timestamp');
  const rows = await query<TimedSpan & { readonly entry: string }>(
    `SELECT s.TraceId AS "traceId", s.SpanId AS "spanId", s.ParentSpanId AS "parentId", s.ServiceName AS service,
      s.SpanName AS operation, s.SpanKind AS kind, e.SpanId AS entry,
      ${words.epochMs('s.Timestamp')} AS "startMs", ${words.epochMs('s.Timestamp')} + s.Duration / 1e6 AS "endMs"
    FROM otel_traces AS s INNER JOIN (
      SELECT TraceId, SpanId FROM otel_traces
      WHERE ServiceName = $service AND SpanName = $operation AND ${startMs} >= $fromMs AND ${startMs} < $toMs
      ORDER BY TraceId, SpanId LIMIT ${most}) AS e ON s.TraceId = e.TraceId
    ORDER BY s.TraceId, s.SpanId`,
    { service, operation, fromMs, toMs },
  );
  return [...Map.groupBy(rows, ({ traceId }) => traceId).values()].flatMap(toEntryTrace);
}

/** Of a trace that did it several times, the one with the smallest id. */
function toEntryTrace(rows: readonly (TimedSpan & { readonly entry: string })[]): readonly EntryTrace[] {
  const id = rows.map(({ entry }) => entry).reduce((least, one) => (one < least ? one : least));
  const spans = rows.filter(({ entry }) => entry === id);
  const entry = spans.find(({ spanId }) => spanId === id);
  return entry ? [{ entry, spans }] : [];
}

const FOREVER_MS = 8.64e15;

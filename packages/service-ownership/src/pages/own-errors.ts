import type { Engine } from '../store/engine.ts';
import type { TimeSpan } from './cause.ts';

/** Where the errors of an operation's requests began, in a time. */
export interface OwnErrors {
  readonly requests: number;
  readonly places: readonly { readonly service: string; readonly operation: string; readonly errors: number }[];
}

/** An error counts where it began: at a span with an error of which no child has one. */
export async function readOwnErrors(
  { query, words }: Engine,
  { service, operation }: { readonly service: string; readonly operation: string },
  time: TimeSpan,
): Promise<OwnErrors> {
  const startMs = words.epochMs('Timestamp');
  const params = { service, operation, ...time };
  const requests = `SELECT TraceId FROM otel_traces WHERE ServiceName = $service AND SpanName = $operation
    AND ${startMs} >= $fromMs AND ${startMs} < $toMs`;
  const errors = `SELECT TraceId, SpanId, ParentSpanId, ServiceName, SpanName FROM otel_traces
    WHERE StatusCode = 'Error' AND TraceId IN (${requests})`;
  const [count] = await query<{ n: number }>(`SELECT count(*) AS n FROM (${requests}) AS r`, params);
  // Where nothing joins, DuckDB gives NULL and ClickHouse the empty text.
  const places = await query<OwnErrors['places'][number]>(
    `SELECT e.ServiceName AS service, e.SpanName AS operation, count(*) AS errors
    FROM (${errors}) AS e LEFT JOIN (SELECT DISTINCT TraceId, ParentSpanId FROM (${errors}) AS f) AS c
      ON c.TraceId = e.TraceId AND c.ParentSpanId = e.SpanId
    WHERE coalesce(c.ParentSpanId, '') = ''
    GROUP BY e.ServiceName, e.SpanName ORDER BY errors DESC, service, operation`,
    params,
  );
  return { requests: count?.n ?? 0, places };
}

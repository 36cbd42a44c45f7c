import type { Objective } from '../read/objective.ts';
import type { Engine } from '../store/engine.ts';
import type { TimeSpan } from './cause.ts';

/** A trace of a bad request in a time that went through a service, the longest of them; `undefined` if there is none. */
export async function findExemplar(
  { query, words }: Engine,
  { service, operation, measure }: Objective,
  time: TimeSpan,
  through: string,
): Promise<string | undefined> {
  const startMs = words.epochMs('Timestamp');
  const bad =
    measure.kind === 'latency' ? `Duration > ${Math.round(measure.thresholdMs * 1e6)}` : `StatusCode = 'Error'`;
  const [row] = await query<{ traceId: string }>(
    `SELECT TraceId AS "traceId", Duration FROM otel_traces
    WHERE ServiceName = $service AND SpanName = $operation AND ${bad} AND ${startMs} >= $fromMs AND ${startMs} < $toMs
      AND TraceId IN (SELECT TraceId FROM otel_traces WHERE ServiceName = $through)
    ORDER BY Duration DESC, TraceId LIMIT 1`,
    { service, operation, through, ...time },
  );
  return row?.traceId;
}

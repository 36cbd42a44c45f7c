import type { Objective } from '../read/objective.ts';
import { type Engine, quote } from '../store/engine.ts';

/** Requests of an operation in one window of time. */
export interface RequestCount {
  readonly total: number;
  readonly bad: number;
}

/** Windows to count in, as milliseconds that each reaches back from now. */
export interface Counted {
  readonly objective: Objective;
  readonly windowsMs: readonly number[];
}

/**
 * For each objective the requests in each of its windows, all with one pass over the spans. A request belongs to the
 * time at which it began.
 */
export async function countRequests(
  { query, words }: Engine,
  counted: readonly Counted[],
  nowMs: number,
): Promise<readonly (readonly RequestCount[])[]> {
  const widths = Math.max(0, ...counted.map(({ windowsMs }) => windowsMs.length));
  if (widths === 0) return [];
  const rows = await query<{ id: number } & Record<string, number>>(
    countSql(counted, widths, words.epochMs('Timestamp')),
    {
      nowMs,
    },
  );
  return counted.map(({ windowsMs }, id) => {
    const row = rows.find((one) => one.id === id);
    return windowsMs.map((_, i) => ({ total: row?.[`total${i}`] ?? 0, bad: row?.[`bad${i}`] ?? 0 }));
  });
}

function countSql(counted: readonly Counted[], widths: number, startMs: string): string {
  const asked = counted.map(({ objective, windowsMs }, id) => askedRow(objective, windowsMs, id, widths));
  const longest = Math.max(...counted.flatMap(({ windowsMs }) => windowsMs));
  const counts = Array.from(
    { length: widths },
    (_, i) =>
      `countIf(ageMs <= o.w${i} AND counts) AS total${i}, countIf(ageMs <= o.w${i} AND counts AND bad) AS bad${i}`,
  );
  return `SELECT id, ${counts.join(', ')} FROM (
    SELECT o.*, $nowMs - s.startMs AS ageMs,
      o.maxNano = 0 OR s.StatusCode <> 'Error' AS counts,
      (o.maxNano = 0 AND s.StatusCode = 'Error') OR (o.maxNano > 0 AND s.Duration > o.maxNano) AS bad
    FROM (SELECT ServiceName, SpanName, StatusCode, Duration, ${startMs} AS startMs FROM otel_traces
      WHERE ${startMs} <= $nowMs AND ${startMs} >= $nowMs - ${longest}) AS s
    INNER JOIN (${asked.join(' UNION ALL ')}) AS o ON o.service = s.ServiceName AND o.operation = s.SpanName) AS o
    GROUP BY id`;
}

function askedRow(
  { service, operation, measure }: Objective,
  windowsMs: readonly number[],
  id: number,
  widths: number,
) {
  const windows = Array.from({ length: widths }, (_, i) => `${windowsMs[i] ?? 0} AS w${i}`);
  const maxNano = measure.kind === 'latency' ? Math.round(measure.thresholdMs * 1e6) : 0;
  return `SELECT ${id} AS id, ${quote(service)} AS service, ${quote(operation)} AS operation, ${maxNano} AS maxNano, ${windows.join(', ')}`;
}

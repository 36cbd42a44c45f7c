import type { LaidOutSpans } from '../what-changed/lay-out-spans.ts';

/** A plain rule to be better than: SQL that gives services, the most suspected first. */
export type Baseline = (spans: LaidOutSpans) => string;

/** What dashboards and simple scripts do, by name. */
export const BASELINES: Readonly<Record<string, Baseline>> = {
  /** Difference of the mean duration of a service's spans. */
  meanLatency: (spans) => differenceOfMeans(spans, 'Duration', 'ServiceName'),
  /** The same for the operation of the service where it is largest. */
  meanLatencyOfOperation: (spans) => differenceOfMeans(spans, 'Duration', 'ServiceName, SpanName'),
  /** Difference of the mean self time of a service's spans. */
  selfTime: (spans) => differenceOfMeans(spans, 'Self', 'ServiceName'),
  selfTimeOfOperation: (spans) => differenceOfMeans(spans, 'Self', 'ServiceName, SpanName'),
  /** Difference of the self time that a service takes of the average trace. */
  selfTimePerTrace: (spans) => `
    WITH counts AS (SELECT Side, count(*) AS Traces FROM ${spans.taken} GROUP BY Side)
    SELECT ServiceName AS service, sum(CASE WHEN s.Side = 1 THEN Self / Traces ELSE -Self / Traces END) AS difference
    FROM ${named(spans)} AS s JOIN counts AS c ON s.Side = c.Side GROUP BY ServiceName ORDER BY difference DESC, service`,
};

/** The services in a baseline's order. */
export async function rankByBaseline(baseline: Baseline, spans: LaidOutSpans): Promise<readonly string[]> {
  const rows = await spans.engine.query<{ service: string }>(baseline(spans));
  return rows.map(({ service }) => service);
}

function differenceOfMeans(spans: LaidOutSpans, column: string, by: string): string {
  return `SELECT ServiceName AS service, max(difference) AS difference FROM (
      SELECT ServiceName, coalesce(avg(CASE WHEN Side = 1 THEN ${column} END), 0)
        - coalesce(avg(CASE WHEN Side = 0 THEN ${column} END), 0) AS difference
      FROM ${named(spans)} AS s GROUP BY ${by}
    ) AS differences GROUP BY ServiceName ORDER BY difference DESC, service`;
}

function named({ spans, places }: LaidOutSpans): string {
  return `(SELECT Side, Duration, Self, ServiceName, SpanName FROM ${spans} AS s JOIN ${places} AS p ON s.Place = p.Place)`;
}

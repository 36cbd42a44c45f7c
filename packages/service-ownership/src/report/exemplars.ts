import type { LaidOutSpans } from '../what-changed/lay-out-spans.ts';
import type { Place } from '../what-changed/spot.ts';

/** One trace that shows a suspect as it is now, and one as it was. */
export interface Exemplars {
  readonly place: Place;
  readonly before: ExemplarTrace | undefined;
  readonly after: ExemplarTrace | undefined;
}

export interface ExemplarTrace {
  readonly traceId: string;
  /** In the order in which a tree is read: parents before children, siblings by their start. */
  readonly spans: readonly ExemplarSpan[];
}

export interface ExemplarSpan {
  readonly service: string;
  readonly operation: string;
  readonly depth: number;
  /** Milliseconds after the start of the trace, and how long. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly isError: boolean;
}

/** Before, a trace of middling length through the place; after, one in which it failed, or did most itself. */
export async function readExemplars(laid: LaidOutSpans, place: Place): Promise<Exemplars> {
  const [before, after] = [
    await pick(laid, place, 0, 'abs(t.Whole - (SELECT avg(Whole) FROM of_place))'),
    await pick(laid, place, 1, '-t.OwnError, -t.Self'),
  ];
  return { place, before: before && (await readTrace(laid, before)), after: after && (await readTrace(laid, after)) };
}

interface Picked {
  readonly traceId: string;
  readonly trace: number;
}

async function pick(
  { engine, traces, spans }: LaidOutSpans,
  { service, operation }: Place,
  side: 0 | 1,
  order: string,
): Promise<Picked | undefined> {
  const [row] = await engine.query<Picked>(
    `WITH of_place AS (
      SELECT s.TraceId AS TraceId, t.Trace AS Trace, t.Whole AS Whole, max(s.OwnError) AS OwnError, max(s.Self) AS Self
      FROM ${spans} AS s INNER JOIN ${traces} AS t ON s.Trace = t.Trace
      WHERE s.ServiceName = $service AND s.SpanName = $operation AND t.Side = ${side}
      GROUP BY s.TraceId, t.Trace, t.Whole)
    SELECT TraceId AS "traceId", Trace AS trace FROM of_place AS t ORDER BY ${order}, TraceId LIMIT 1`,
    { service, operation },
  );
  return row;
}

interface Row {
  readonly span: bigint | number;
  readonly above: bigint | number;
  readonly service: string;
  readonly operation: string;
  readonly startMs: number;
  readonly durationMs: number;
  readonly failed: number;
}

async function readTrace({ engine, spans }: LaidOutSpans, { traceId, trace }: Picked): Promise<ExemplarTrace> {
  const rows = await engine.query<Row>(
    `SELECT Span AS span, Above AS above, ServiceName AS service, SpanName AS operation,
      (Start - min(Start) OVER ()) / 1e6 AS "startMs", Duration / 1e6 AS "durationMs", Failed AS failed
    FROM ${spans} WHERE Trace = $trace ORDER BY Start, span`,
    { trace },
  );
  return { traceId, spans: inOrder(rows) };
}

function inOrder(rows: readonly Row[]): readonly ExemplarSpan[] {
  const ids = new Set(rows.map(({ span }) => span));
  const children = Map.groupBy(rows, ({ above }) => (ids.has(above) ? above : NOBODY));
  const ordered: ExemplarSpan[] = [];
  const seen = new Set<Row>();
  const pending = (children.get(NOBODY) ?? []).map((row) => ({ row, depth: 0 })).reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (seen.has(next.row)) continue;
    seen.add(next.row);
    const { service, operation, startMs, durationMs, failed } = next.row;
    ordered.push({ service, operation, depth: next.depth, startMs, durationMs, isError: failed === 1 });
    for (const row of children.get(next.row.span)?.toReversed() ?? []) pending.push({ row, depth: next.depth + 1 });
  }
  return ordered;
}

const NOBODY = -1;

import type { Engine } from '../store/engine.ts';
import type { Place } from '../what-changed/spot.ts';
import type { Suspect } from '../what-changed/what-changed.ts';

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

/** The most typical traces of a suspect, before and after. */
export async function readExemplars(engine: Engine, { service, operation, exemplars }: Suspect): Promise<Exemplars> {
  const [before, after] = [exemplars.before[0], exemplars.after[0]];
  return {
    place: { service, operation },
    before: before === undefined ? undefined : await readTrace(engine, before),
    after: after === undefined ? undefined : await readTrace(engine, after),
  };
}

interface Row {
  readonly span: string;
  readonly above: string;
  readonly service: string;
  readonly operation: string;
  readonly startMs: number;
  readonly durationMs: number;
  readonly status: string;
}

async function readTrace({ query, words }: Engine, traceId: string): Promise<ExemplarTrace> {
  const rows = await query<Row>(
    `SELECT SpanId AS span, ParentSpanId AS above, ServiceName AS service, SpanName AS operation,
      ${words.epochMs('Timestamp')} - min(${words.epochMs('Timestamp')}) OVER () AS "startMs",
      Duration / 1e6 AS "durationMs", StatusCode AS status
    FROM otel_traces WHERE TraceId = $traceId ORDER BY Timestamp, SpanId`,
    { traceId },
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
    const { service, operation, startMs, durationMs, status } = next.row;
    ordered.push({ service, operation, depth: next.depth, startMs, durationMs, isError: status === 'Error' });
    for (const row of children.get(next.row.span)?.toReversed() ?? []) pending.push({ row, depth: next.depth + 1 });
  }
  return ordered;
}

const NOBODY = '';

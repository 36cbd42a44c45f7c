import type { LaidOutSpans } from '../what-changed/lay-out-spans.ts';
import type { Place } from '../what-changed/spot.ts';

/** How many lasted how long, before and after, in the same bins. */
export interface Histogram {
  /** Of whole traces, or of one operation. */
  readonly of: 'traces' | Place;
  readonly bins: readonly Bin[];
}

export interface Bin {
  readonly fromMs: number;
  readonly toMs: number;
  readonly before: number;
  readonly after: number;
}

/** The histogram of whole traces, or of one operation's spans. Bins grow by a constant factor, as latencies do. */
export async function readHistogram(
  { engine, traces, spans, places }: LaidOutSpans,
  place?: Place,
): Promise<Histogram> {
  const source = place
    ? `SELECT Side, Duration AS nano FROM ${spans} AS s JOIN ${places} AS p ON s.Place = p.Place
      WHERE ServiceName = $service AND SpanName = $operation`
    : `SELECT Side, Whole AS nano FROM ${traces}`;
  const rows = await engine.query<{ readonly step: number; readonly before: number; readonly after: number }>(
    `SELECT floor(log2(greatest(nano, 1000) / 1e6) * ${STEPS_PER_DOUBLING}) AS step,
      countIf(Side = 0) AS "before", countIf(Side = 1) AS "after" FROM (${source}) AS s GROUP BY step ORDER BY step`,
    place && { service: place.service, operation: place.operation },
  );
  return { of: place ?? 'traces', bins: fill(rows) };
}

/** Empty bins between others are bins too. */
function fill(
  rows: readonly { readonly step: number; readonly before: number; readonly after: number }[],
): readonly Bin[] {
  const [first, last] = [rows[0]?.step ?? 0, rows.at(-1)?.step ?? -1];
  const byStep = new Map(rows.map((row) => [row.step, row]));
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const step = first + i;
    const { before = 0, after = 0 } = byStep.get(step) ?? {};
    return { fromMs: msOf(step), toMs: msOf(step + 1), before, after };
  });
}

function msOf(step: number): number {
  return 2 ** (step / STEPS_PER_DOUBLING);
}

const STEPS_PER_DOUBLING = 2;

import type { LaidOutSpans } from './lay-out-spans.ts';
import type { Signal } from './signal.ts';
import { SignalCounts } from './signal-counts.ts';
import type { Spot } from './spot.ts';

/** What was counted at each spot, as signals; and the self time that its spans took, in ms, by block. */
export interface Signals {
  readonly signals: readonly Signal[];
  readonly selfMs: ReadonlyMap<Spot, readonly number[]>;
}

/**
 * Counts everything that may have changed, by spot and block. The limits that tell slow from quick are those of before:
 * for even blocks those of its odd ones and the other way round, as before must not be measured by its own limits, or
 * after would always look a little slower.
 */
export async function readSignals(
  spans: LaidOutSpans,
  spots: ReadonlyMap<number, Spot>,
  blocks: number,
): Promise<Signals> {
  const counts = new SignalCounts(spots, blocks);
  for (const row of await spans.engine.query<SpanRow>(spanCounts(spans))) addSpans(counts, row);
  for (const row of await spans.engine.query<ChildRow>(childCounts(spans))) addChildren(counts, row);
  return { signals: counts.signals(), selfMs: counts.selfMs };
}

interface SpanRow {
  readonly Spot: number;
  readonly Side: number;
  readonly Block: number;
  readonly Spans: number;
  readonly SelfMs: number;
  readonly Slow: number;
  readonly VerySlow: number;
  readonly Errors: number;
  readonly Childless: number;
}

function spanCounts({ engine, spans }: LaidOutSpans): string {
  const { quantile } = engine.words;
  return `WITH limits AS (
      SELECT Spot, 1 - Block % 2 AS Fold, ${quantile('Self', 0.9)} AS Slow, ${quantile('Self', 0.99)} AS VerySlow
      FROM ${spans} WHERE Side = 0 GROUP BY Spot, 1 - Block % 2
    )
    SELECT s.Spot AS Spot, Side, Block, count(*) AS Spans, sum(Self) / 1e6 AS SelfMs,
      sum(CASE WHEN Self > l.Slow THEN 1 ELSE 0 END) AS Slow, sum(CASE WHEN Self > l.VerySlow THEN 1 ELSE 0 END) AS VerySlow,
      sum(OwnError) AS Errors, sum(CASE WHEN Children = 0 THEN 1 ELSE 0 END) AS Childless
    FROM ${spans} AS s LEFT JOIN limits AS l ON s.Spot = l.Spot AND s.Block % 2 = l.Fold
    GROUP BY s.Spot, Side, Block`;
}

function addSpans(counts: SignalCounts, row: SpanRow): void {
  counts.addSpans(row, row.Spans, row.SelfMs);
  counts.add('slow', row, row.Spans, row.Slow);
  counts.add('very-slow', row, row.Spans, row.VerySlow);
  counts.add('error', row, row.Spans, row.Errors);
  counts.add(counts.isCall(row) ? 'unanswered' : 'last', row, row.Spans, row.Childless);
}

interface ChildRow {
  readonly Spot: number;
  readonly Child: number;
  readonly Side: number;
  readonly Block: number;
  readonly Parents: number;
  readonly Last: number;
  readonly More: number;
}

function childCounts({ engine, spans, spots }: LaidOutSpans): string {
  const calls = `SELECT Spot FROM ${spots} WHERE TargetService <> ''`;
  return `WITH kids AS (
      SELECT Above, Spot AS Child, count(*) AS Times, max(Start) AS Latest FROM ${spans} WHERE Above <> 0 GROUP BY Above, Spot
    ), families AS (
      SELECT p.Spot AS Spot, p.Side AS Side, p.Block AS Block, k.Child AS Child, k.Times AS Times,
        CASE WHEN k.Latest = p.LastStart THEN 1 ELSE 0 END AS Last
      FROM kids AS k JOIN ${spans} AS p ON k.Above = p.Span WHERE p.Spot NOT IN (${calls})
    ), parents AS (
      SELECT Spot, 1 - Block % 2 AS Fold, count(*) AS Spans FROM ${spans} WHERE Side = 0 GROUP BY Spot, 1 - Block % 2
    ), limits AS (
      SELECT f.Spot AS Spot, f.Child AS Child, Fold,
        CASE WHEN count(*) < 0.01 * max(p.Spans) THEN 0 ELSE ${engine.words.quantile('f.Times', 0.99)} END AS Times
      FROM families AS f JOIN parents AS p ON f.Spot = p.Spot AND 1 - f.Block % 2 = Fold WHERE f.Side = 0
      GROUP BY f.Spot, f.Child, Fold
    )
    SELECT f.Spot AS Spot, f.Child AS Child, Side, Block, count(*) AS Parents, sum(Last) AS Last,
      sum(CASE WHEN f.Times > coalesce(l.Times, 0) THEN 1 ELSE 0 END) AS More
    FROM families AS f LEFT JOIN limits AS l ON f.Spot = l.Spot AND f.Child = l.Child AND f.Block % 2 = Fold
    GROUP BY f.Spot, f.Child, Side, Block`;
}

function addChildren(counts: SignalCounts, row: ChildRow): void {
  counts.add('last', row, row.Parents, row.Last);
  counts.addShare('has', row, row.Parents);
  counts.addShare('has-more', row, row.More);
  counts.addShare('lacks', row, -row.Parents);
}

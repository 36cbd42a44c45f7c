import type { LaidOutSpans } from './lay-out-spans.ts';

/** Traces to look at: as it was, and as it is. */
export interface Exemplars {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** For each marked suspect, ids of unchanged traces of before and changed ones of after, the most typical first. */
export async function findExemplars(
  { engine, raw }: LaidOutSpans,
  marked: string,
  suspects: number,
): Promise<readonly Exemplars[]> {
  const rows = await engine.query<{ Suspect: number; Side: number; TraceId: string }>(
    `WITH chosen AS (SELECT * FROM ${marked} WHERE Side = Hit),
      typical AS (SELECT Suspect, Side, ${engine.words.quantile('Longest', 0.5)} AS Usual FROM chosen GROUP BY Suspect, Side),
      placed AS (
        SELECT c.Suspect AS Suspect, c.Side AS Side, c.Trace AS Trace,
          row_number() OVER (PARTITION BY c.Suspect, c.Side ORDER BY abs(c.Longest - t.Usual), c.Trace) AS Place
        FROM chosen AS c JOIN typical AS t ON c.Suspect = t.Suspect AND c.Side = t.Side
      )
      SELECT Suspect, Side, TraceId FROM (SELECT DISTINCT Trace, TraceId FROM ${raw}) AS t JOIN placed AS p ON p.Trace = t.Trace
      WHERE Place <= ${EACH} ORDER BY Suspect, Side, Place`,
  );
  const of = (suspect: number, side: number): readonly string[] =>
    rows.filter((row) => row.Suspect === suspect && row.Side === side).map(({ TraceId }) => TraceId);
  return Array.from({ length: suspects }, (_, i) => ({ before: of(i, 0), after: of(i, 1) }));
}

const EACH = 3;

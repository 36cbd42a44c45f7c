import type { LaidOutSpans } from './lay-out-spans.ts';
import type { Signal } from './signal.ts';

/**
 * Makes a table of the traces that pass the signals' spots: Suspect (the signal's index), Trace, Side, Hit (1 if a span
 * there behaves in the signal's way), Longest (ns, the most self time of one span there). At most SAMPLE traces for each, drawn by
 * chance that is the same every time.
 */
export async function markTraces(spans: LaidOutSpans, signals: readonly Signal[]): Promise<string> {
  const marked = spans.extra('marked');
  const all = signals.map((signal, i) => `SELECT ${i} AS Suspect, * FROM (${marks(spans, signal)}) AS marks_${i}`);
  await spans.engine.query(`CREATE TEMPORARY TABLE ${marked} AS
    SELECT Suspect, Trace, Side, Hit, Longest FROM (
      SELECT *, row_number() OVER (PARTITION BY Suspect ORDER BY ${spans.engine.words.hash('Trace')}, Trace) AS Place
      FROM (${all.join(' UNION ALL ')}) AS every
    ) AS placed WHERE Place <= ${SAMPLE}`);
  return marked;
}

function marks({ engine, spans }: LaidOutSpans, signal: Signal): string {
  const { quantile } = engine.words;
  const id = signal.spot.id;
  const limit = (share: number): string =>
    `(SELECT ${quantile('Self', share)} FROM ${spans} WHERE Spot = ${id} AND Side = 0)`;
  const perTrace = (hit: string): string =>
    `SELECT Trace, Side, max(CASE WHEN ${hit} THEN 1 ELSE 0 END) AS Hit, max(Self) AS Longest
      FROM ${spans} WHERE Spot = ${id} GROUP BY Trace, Side`;
  switch (signal.kind) {
    case 'slow':
      return perTrace(`Self > ${limit(0.9)}`);
    case 'very-slow':
      return perTrace(`Self > ${limit(0.99)}`);
    case 'error':
      return perTrace('OwnError = 1');
    case 'unanswered':
      return perTrace('Children = 0');
    case 'last':
      return signal.child ? perChild(spans, signal, 'Latest = LastStart') : perTrace('Children = 0');
    case 'has':
      return perChild(spans, signal, 'Times > 0');
    case 'has-more':
      return perChild(spans, signal, 'Times > (SELECT coalesce(max(Times), 0) FROM usual)');
    case 'lacks':
      return perChild(spans, signal, 'Times = 0');
  }
}

function perChild(spans: string, { spot, child }: Signal, hit: string): string {
  return `WITH kids AS (
      SELECT Above, count(*) AS Times, max(Start) AS Latest FROM ${spans} WHERE Spot = ${child?.id} GROUP BY Above
    ), parents AS (
      SELECT p.Trace AS Trace, p.Side AS Side, p.Self AS Self, coalesce(Times, 0) AS Times, Latest, LastStart
      FROM ${spans} AS p LEFT JOIN kids AS k ON p.Span = k.Above WHERE p.Spot = ${spot.id}
    ), usual AS (SELECT Times FROM parents WHERE Side = 0)
    SELECT Trace, Side, max(CASE WHEN ${hit} THEN 1 ELSE 0 END) AS Hit, max(Self) AS Longest FROM parents GROUP BY Trace, Side`;
}

/** Enough to see what one trace in a hundred has in common, few enough to read all their attributes. */
const SAMPLE = 2000;

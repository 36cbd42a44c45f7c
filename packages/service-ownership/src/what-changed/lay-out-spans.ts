import type { Engine } from '../store/engine.ts';
import { marksOf, mayBelong, type SpanSets, sideOf } from './span-set.ts';

/** Both sets of spans in temporary tables, ready for questions; whoever asked for them closes them. */
export interface LaidOutSpans extends AsyncDisposable {
  readonly engine: Engine;
  /** A row a trace: Trace, Side (0 before, 1 after), Start, Whole (ns), Failed. */
  readonly traces: string;
  /** A row a trace whose spans were taken: Trace, Side, Block. */
  readonly taken: string;
  /** A row a span of those as it came: Trace and TraceId. */
  readonly raw: string;
  /**
   * A row a span of those: Trace, Side, Block, Span, Above (its parent), Start, Duration, Self (ns), OwnError, Children,
   * LastStart, Place, Spot.
   */
  readonly spans: string;
  /** A row a place: Place, and ServiceName, SpanName and Kind of its spans. */
  readonly places: string;
  /** A row a spot: Spot, and ServiceName, SpanName, TargetService, TargetName of its spans. */
  readonly spots: string;
  /** SQL that gives `Trace` of a row of `otel_traces`. */
  readonly trace: string;
  /** A name for a further temporary table of the same question; dropped with the others. */
  readonly extra: (what: string) => string;
}

/**
 * Tells apart the two sets, joins children to parents, and computes of each span what it did itself.
 * Traces of each side fall into `blocks` blocks in the order of time, by which the noise is measured later.
 * Of each side at most MOST_TRACES are taken, drawn by chance that is the same every time: more make nothing surer, as two
 * quiet windows differ by more than so many leave open.
 * Names become numbers at once, and numbers names at the end: sorting and joining a million texts is what takes time.
 * Joins leave NULL where there is nothing; ClickHouse does that with `join_use_nulls = 1`.
 */
export async function layOutSpans(engine: Engine, sets: SpanSets, blocks: number): Promise<LaidOutSpans> {
  const names = namesFor(engine);
  const extras: string[] = [];
  const dropAll = async (): Promise<void> => {
    for (const name of [...extras, ...Object.values(names)]) await engine.query(`DROP TABLE IF EXISTS ${name}`);
  };
  const make = (name: string, sql: string) => engine.query(`CREATE TEMPORARY TABLE ${name} AS ${sql}`);
  try {
    await make(names.traces, tracesSql(engine, sets));
    await make(names.taken, takenSql(engine, blocks, names));
    await make(names.raw, rawSql(engine, sets, names, await lastDraw(engine, names)));
    await make(names.places, placesSql(names));
    await make(names.parents, parentsSql(names));
    await make(names.spans, spansSql(engine, names));
    await make(names.spots, spotsSql(names));
  } catch (error) {
    await dropAll();
    throw error;
  }
  return {
    engine,
    ...names,
    trace: traceOf(engine),
    extra(what) {
      extras.push(`${names.spans}_${what}`);
      return `${names.spans}_${what}`;
    },
    [Symbol.asyncDispose]: dropAll,
  };
}

type Names = Readonly<Record<'traces' | 'taken' | 'raw' | 'places' | 'parents' | 'spans' | 'spots', string>>;

/** Two questions at once must not share tables. */
function namesFor(engine: Engine): Names {
  const number = (asked.get(engine) ?? 0) + 1;
  asked.set(engine, number);
  const name = (what: string): string => `changed_${what}_${number}`;
  return {
    traces: name('traces'),
    taken: name('taken'),
    raw: name('raw'),
    places: name('places'),
    parents: name('parents'),
    spans: name('spans'),
    spots: name('spots'),
  };
}

const asked = new WeakMap<Engine, number>();

function tracesSql(engine: Engine, sets: SpanSets): string {
  const { epochNano } = engine.words;
  return `SELECT Trace, Side, Began AS Start, Whole, RootFailed AS Failed
    FROM (
      SELECT Trace, min(Start) AS Began, ${sideOf(sets)} AS Side,
        coalesce(max(CASE WHEN IsRoot = 1 THEN Took END), max(Start + Took) - min(Start)) AS Whole,
        max(IsRoot * Failed) AS RootFailed
      FROM (
        SELECT ${traceOf(engine)} AS Trace, ${epochNano('Timestamp')} AS Start, CAST(Duration AS BIGINT) AS Took,
          ${["CASE WHEN ParentSpanId = '' THEN 1 ELSE 0 END AS IsRoot", `${FAILED} AS Failed`, ...marksOf(sets, engine.words)].join(', ')}
        FROM otel_traces WHERE ${mayBelong(sets)}
      ) AS marked
      GROUP BY Trace
    ) AS grouped
    WHERE Side IS NOT NULL`;
}

function takenSql({ words }: Engine, blocks: number, { traces }: Names): string {
  const drawn = (side: number): string =>
    `SELECT Trace, Side, Start FROM ${traces} WHERE Side = ${side} ORDER BY ${words.hash('Trace')}, Trace LIMIT ${MOST_TRACES}`;
  return `SELECT Trace, Side, ntile(${blocks}) OVER (PARTITION BY Side ORDER BY Start, Trace) - 1 AS Block
    FROM ((${drawn(0)}) UNION ALL (${drawn(1)})) AS drawn`;
}

/** The highest draw of a trace that was taken: what is above it need not even be read. */
async function lastDraw({ query, words }: Engine, { taken }: Names): Promise<number | bigint> {
  const [row] = await query<{ last: number | bigint }>(`SELECT max(${words.hash('Trace')}) AS last FROM ${taken}`);
  return row?.last ?? 0;
}

/** Most spans may be of traces that are not taken: they are left out before anything is computed of them. */
function rawSql(engine: Engine, sets: SpanSets, { taken }: Names, last: number | bigint): string {
  const { hash, epochNano } = engine.words;
  return `SELECT t.Trace AS Trace, Side, Block, ${hash('TraceId', LABEL, 'SpanId')} AS Span,
      CASE WHEN ParentSpanId = '' THEN 0 ELSE ${hash('TraceId', LABEL, 'ParentSpanId')} END AS Above,
      ${hash('ServiceName', 'SpanName')} % ${EXACT} AS Place, ${hash('ServiceName')} AS Service,
      ${epochNano('Timestamp')} AS Start, ${epochNano('Timestamp')} + Duration AS Finish, ${FAILED} AS Failed,
      TraceId, ServiceName, SpanName, SpanKind
    FROM otel_traces AS s JOIN ${taken} AS t ON ${traceOf(engine)} = t.Trace
    WHERE ${mayBelong(sets)} AND ${hash(traceOf(engine))} <= ${last}`;
}

function placesSql({ raw }: Names): string {
  return `SELECT Place, max(ServiceName) AS ServiceName, max(SpanName) AS SpanName, max(SpanKind) AS Kind FROM ${raw} GROUP BY Place`;
}

/**
 * What children cover of their parent. A child counts while its parent runs: what outlives the parent, or begins after
 * it, holds nobody up.
 */
function parentsSql({ raw }: Names): string {
  return `WITH calls AS (
      SELECT p.Span AS Parent, p.Place AS Caller, c.Failed AS Failed, c.Start AS Began,
        greatest(c.Start, p.Start) AS Start, least(c.Finish, p.Finish) AS Finish,
        CASE WHEN c.Service <> p.Service AND c.Start < p.Finish THEN c.Place END AS Answerer
      FROM ${raw} AS c JOIN ${raw} AS p ON c.Above = p.Span AND c.Span <> p.Span
    ), laid AS (
      SELECT *, max(Finish) OVER (PARTITION BY Parent ORDER BY Start
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS Covered FROM calls
    )
    SELECT Parent, max(Caller) AS Place, CAST(sum(greatest(0, Finish - greatest(Start, coalesce(Covered, Start)))) AS BIGINT) AS Cover,
      max(Failed) AS FailedBelow, count(*) AS Children, max(Began) AS LastStart, count(Answerer) AS Remotes, max(Answerer) AS Target
    FROM laid GROUP BY Parent`;
}

/**
 * Self time is what no child covers. An error is a span's own unless one of its children failed too.
 * A call to another service is named by its span and by who answered, as "GET" alone says nothing; one without an answer
 * goes where that span's calls always go. Where spans have no kind, a call is a span within a service whose only child
 * is in another.
 */
function spansSql({ words }: Engine, { places, raw, parents }: Names): string {
  return `WITH habits AS (
      SELECT Place, max(Children) AS Most, max(Target) AS Last, CASE WHEN min(Target) = max(Target) THEN max(Target) END AS Usual
      FROM ${parents} GROUP BY Place
    ), likely AS (
      SELECT h.Place AS Place, Usual, Kind FROM habits AS h JOIN ${places} AS p ON h.Place = p.Place
      WHERE Last IS NOT NULL
        AND (Kind = 'Client' OR (Kind NOT IN ('Server', 'Internal', 'Producer', 'Consumer') AND Most = 1))
    ), outside AS (
      SELECT DISTINCT c.Place AS Place FROM ${raw} AS c JOIN likely AS l ON c.Place = l.Place LEFT JOIN ${raw} AS p ON c.Above = p.Span
      WHERE Kind <> 'Client' AND (p.Span IS NULL OR p.Service <> c.Service)
    ), callers AS (
      SELECT Place, Usual FROM likely WHERE Place NOT IN (SELECT Place FROM outside)
    ), aimed AS (
      SELECT r.Trace AS Trace, r.Side AS Side, r.Block AS Block, r.Span AS Span, r.Above AS Above, r.Place AS Place, r.Start AS Start,
        r.Finish - r.Start AS Duration, r.Finish - r.Start - coalesce(k.Cover, 0) AS Self, coalesce(k.Children, 0) AS Children,
        coalesce(k.LastStart, 0) AS LastStart,
        CASE WHEN r.Failed = 1 AND coalesce(k.FailedBelow, 0) = 0 THEN 1 ELSE 0 END AS OwnError,
        CASE WHEN c.Place IS NULL THEN 0 WHEN coalesce(k.Remotes, 0) = 0 THEN coalesce(c.Usual, 0)
          WHEN k.Remotes = 1 THEN k.Target ELSE 0 END AS Target
      FROM ${raw} AS r LEFT JOIN ${parents} AS k ON r.Span = k.Parent LEFT JOIN callers AS c ON r.Place = c.Place
    )
    SELECT *, ${words.hash('Place', 'Target')} % ${EXACT} AS Spot FROM aimed`;
}

function spotsSql({ spans, places }: Names): string {
  return `WITH pairs AS (SELECT Spot, max(Place) AS Place, max(Target) AS Target FROM ${spans} GROUP BY Spot)
    SELECT Spot, p.ServiceName AS ServiceName, p.SpanName AS SpanName, coalesce(t.ServiceName, '') AS TargetService,
      coalesce(t.SpanName, '') AS TargetName
    FROM pairs JOIN ${places} AS p ON pairs.Place = p.Place LEFT JOIN ${places} AS t ON pairs.Target = t.Place`;
}

/** Traces of two windows are two, even if they bear one id. */
function traceOf({ words }: Engine): string {
  return words.hash('TraceId', LABEL);
}

/** So many of each side leave the share of every tenth span open by less than half a point. */
const MOST_TRACES = 3000;
const FAILED = `CASE WHEN StatusCode = 'Error' THEN 1 ELSE 0 END`;
const LABEL = `coalesce("Window", '')`;
/** Whole numbers up to here are exact in JavaScript. */
const EXACT = Number.MAX_SAFE_INTEGER;

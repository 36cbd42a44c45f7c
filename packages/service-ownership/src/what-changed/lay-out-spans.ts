import type { Engine } from '../store/engine.ts';
import { belongsTo, type SpanSet } from './span-set.ts';

/** Both sets of spans in temporary tables, ready for questions; whoever asked for them closes them. */
export interface LaidOutSpans extends AsyncDisposable {
  readonly engine: Engine;
  /** A row a trace: Trace, TraceId, Label, Side (0 before, 1 after), Block, Whole (ns), Failed. */
  readonly traces: string;
  /** A row a span: Trace, Side, Block, Span, Above (its parent), Start, Duration, Self (ns), Failed, OwnError, Children, Spot, Target. */
  readonly spans: string;
  /** A row a parent and child: Trace, Parent, Child. */
  readonly calls: string;
  /** A row a spot: Spot, and ServiceName, SpanName, SpanKind, TargetService, TargetName of its spans. */
  readonly spots: string;
  /** A name for a further temporary table of the same question; dropped with the others. */
  readonly extra: (what: string) => string;
}

/**
 * Tells apart the two sets, joins children to parents, and computes of each span what it did itself.
 * Traces of each side fall into `blocks` blocks in the order of time, by which the noise is measured later.
 * A trace that is in both sets counts as after.
 */
export async function layOutSpans(
  engine: Engine,
  sets: { readonly before: SpanSet; readonly after: SpanSet },
  blocks: number,
): Promise<LaidOutSpans> {
  const names = namesFor(engine);
  for (const [name, sql] of tables(engine, sets, blocks, names)) {
    await engine.query(`CREATE TEMPORARY TABLE ${name} AS ${sql}`);
  }
  const extras: string[] = [];
  return {
    engine,
    ...names,
    extra(what) {
      extras.push(`${names.spans}_${what}`);
      return `${names.spans}_${what}`;
    },
    async [Symbol.asyncDispose]() {
      for (const name of [...extras, ...Object.values(names)]) await engine.query(`DROP TABLE IF EXISTS ${name}`);
    },
  };
}

type Names = Readonly<Record<'traces' | 'raw' | 'calls' | 'spans' | 'spots', string>>;

/** Two questions at once must not share tables. */
function namesFor(engine: Engine): Names {
  const number = (asked.get(engine) ?? 0) + 1;
  asked.set(engine, number);
  const name = (what: string): string => `changed_${what}_${number}`;
  return { traces: name('traces'), raw: name('raw'), calls: name('calls'), spans: name('spans'), spots: name('spots') };
}

const asked = new WeakMap<Engine, number>();

function tables(
  engine: Engine,
  sets: { readonly before: SpanSet; readonly after: SpanSet },
  blocks: number,
  names: Names,
): readonly (readonly [name: string, sql: string])[] {
  return [
    [names.traces, tracesSql(engine, sets, blocks)],
    [names.raw, rawSql(engine, names)],
    [names.calls, callsSql(names)],
    [names.spans, spansSql(engine, names)],
    [names.spots, spotsSql(names)],
  ];
}

function tracesSql(
  { words }: Engine,
  sets: { readonly before: SpanSet; readonly after: SpanSet },
  blocks: number,
): string {
  return `SELECT row_number() OVER (ORDER BY Side, Start, TraceId) AS Trace, TraceId, Label, Side, Whole, Failed,
      ntile(${blocks}) OVER (PARTITION BY Side ORDER BY Start, TraceId) - 1 AS Block
    FROM (
      SELECT TraceId, Label, min(Nano) AS Start, coalesce(max(RootDuration), max(Nano + Duration) - min(Nano)) AS Whole,
        max(RootFailed) AS Failed,
        CASE WHEN ${belongsTo(sets.after, words)} THEN 1 WHEN ${belongsTo(sets.before, words)} THEN 0 END AS Side
      FROM (
        SELECT *, coalesce("Window", '') AS Label, ${words.epochNano('Timestamp')} AS Nano,
          CASE WHEN ParentSpanId = '' THEN Duration END AS RootDuration,
          CASE WHEN ParentSpanId = '' AND StatusCode = 'Error' THEN 1 ELSE 0 END AS RootFailed
        FROM otel_traces
      ) AS spans
      GROUP BY TraceId, Label
    ) AS grouped
    WHERE Side IS NOT NULL`;
}

function rawSql({ words }: Engine, { traces }: Names): string {
  return `SELECT Trace, Side, Block, ${words.hash('SpanId')} AS Span,
      CASE WHEN ParentSpanId = '' THEN 0 ELSE ${words.hash('ParentSpanId')} END AS Parent,
      ServiceName, SpanName, SpanKind, ${words.hash('ServiceName', 'SpanName')} AS Place,
      ${words.epochNano('Timestamp')} AS Start, ${words.epochNano('Timestamp')} + Duration AS Finish,
      CASE WHEN StatusCode = 'Error' THEN 1 ELSE 0 END AS Failed
    FROM otel_traces AS s JOIN ${traces} AS t ON s.TraceId = t.TraceId AND coalesce(s."Window", '') = t.Label`;
}

/** A child counts while its parent runs: what outlives the parent, or begins after it, holds nobody up. */
function callsSql({ raw }: Names): string {
  return `SELECT p.Trace AS Trace, p.Span AS Parent, c.Span AS Child, c.Place AS ChildPlace, c.Failed AS Failed,
      greatest(c.Start, p.Start) AS Start, least(c.Finish, p.Finish) AS Finish,
      CASE WHEN c.ServiceName = p.ServiceName THEN 1 ELSE 0 END AS Inside,
      CASE WHEN c.ServiceName <> p.ServiceName AND c.Start < p.Finish THEN 1 ELSE 0 END AS Remote,
      c.ServiceName AS Service, c.SpanName AS Name
    FROM ${raw} AS c JOIN ${raw} AS p ON c.Trace = p.Trace AND c.Parent = p.Span AND c.Span <> p.Span`;
}

/**
 * Self time is what no child covers. An error is a span's own unless one of its children failed too.
 * A call to another service is named by its span and by who answered, as "GET" alone says nothing; one without an answer
 * goes where that span's calls always go. Where spans have no kind, a call is a span within a service whose only child
 * is in another.
 */
function spansSql({ words }: Engine, { raw, calls }: Names): string {
  const spot = `${words.hash('Place', 'TargetService', 'TargetName')} % ${EXACT}`;
  return `WITH laid AS (
      SELECT *, max(Finish) OVER (PARTITION BY Trace, Parent ORDER BY Start, Finish
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS Covered FROM ${calls}
    ), parents AS (
      SELECT Trace, Parent, sum(greatest(0, Finish - greatest(Start, coalesce(Covered, Start)))) AS Cover,
        max(Failed) AS FailedBelow, count(*) AS Children, sum(Remote) AS Remotes,
        max(CASE WHEN Remote = 1 THEN Service END) AS Service, max(CASE WHEN Remote = 1 THEN Name END) AS Name
      FROM laid GROUP BY Trace, Parent
    ), joined AS (
      SELECT r.Trace AS Trace, Side, Block, Span, r.Parent AS Above, ServiceName, SpanName, SpanKind, Place, Start, Failed,
        Finish - Start AS Duration, Finish - Start - coalesce(Cover, 0) AS Self, coalesce(FailedBelow, 0) AS FailedBelow,
        coalesce(Children, 0) AS Children, coalesce(Remotes, 0) AS Remotes, Service, Name
      FROM ${raw} AS r LEFT JOIN parents AS k ON r.Trace = k.Trace AND r.Span = k.Parent
    ), within AS (
      SELECT ChildPlace FROM ${calls} GROUP BY ChildPlace HAVING min(Inside) = 1
    ), callers AS (
      SELECT Place, CASE WHEN min(Service) = max(Service) AND min(Name) = max(Name) THEN max(Service) ELSE '' END AS UsualService,
        CASE WHEN min(Service) = max(Service) AND min(Name) = max(Name) THEN max(Name) ELSE '' END AS UsualName
      FROM joined GROUP BY Place
      HAVING max(Remotes) >= 1 AND (min(SpanKind) = 'Client' OR (max(Children) = 1
        AND min(SpanKind) NOT IN ('Server', 'Internal', 'Producer', 'Consumer')
        AND Place IN (SELECT ChildPlace FROM within)))
    ), named AS (
      SELECT j.*, CASE WHEN c.Place IS NULL THEN '' WHEN Remotes = 1 THEN Service WHEN Remotes = 0 THEN UsualService ELSE '' END
          AS TargetService,
        CASE WHEN c.Place IS NULL THEN '' WHEN Remotes = 1 THEN Name WHEN Remotes = 0 THEN UsualName ELSE '' END AS TargetName
      FROM joined AS j LEFT JOIN callers AS c ON j.Place = c.Place
    )
    SELECT Trace, Side, Block, Span, Above, Start, Duration, Self, Failed, Children, ServiceName, SpanName, SpanKind,
      CASE WHEN Failed = 1 AND FailedBelow = 0 THEN 1 ELSE 0 END AS OwnError,
      TargetService, TargetName, ${spot} AS Spot
    FROM named`;
}

function spotsSql({ spans }: Names): string {
  return `SELECT Spot, max(ServiceName) AS ServiceName, max(SpanName) AS SpanName, max(SpanKind) AS SpanKind,
      max(TargetService) AS TargetService, max(TargetName) AS TargetName, count(*) AS Spans
    FROM ${spans} GROUP BY Spot`;
}

/** Whole numbers up to here are exact in JavaScript. */
const EXACT = Number.MAX_SAFE_INTEGER;

import type { Engine } from '../store/engine.ts';
import type { CauseQuestion, Suspect } from './cause.ts';

/**
 * Who held what the requests of an objective waited for in a database: work of another trace that was there before a
 * query began to wait, and ended when it went on. A wait for a lock ends with its holder's transaction, and no span links
 * the two. `undefined` if no query waited long, or if most of them went on without anybody's end.
 */
export async function findHolder(engine: Engine, question: CauseQuestion): Promise<Suspect | undefined> {
  const waits = await longQueries(engine, question);
  const ends = waits.length === 0 ? [] : await otherWork(engine, question, waits);
  const held = ends.flatMap((work) => waits.filter((wait) => isHeldBy(wait, work)).map((wait) => ({ work, wait })));
  const holders = [...Map.groupBy(held, ({ work }) => `${work.service}\0${work.operation}`).values()];
  const [most] = holders.map(toHolder).sort((a, b) => b.waits.size - a.waits.size);
  if (!most || most.waits.size * 2 < waits.length) return undefined;
  const longestMs = Math.max(...[...most.waits].map(({ startMs, endMs }) => endMs - startMs));
  const { service, operation } = most.work;
  const effect = most.waits.size / waits.length;
  const reason = { kind: 'held' as const, waits: most.waits.size, of: waits.length, longestMs };
  return { service, operation, effect, chance: undefined, value: undefined, reasons: [reason] };
}

interface Work {
  readonly service: string;
  readonly operation: string;
  readonly startMs: number;
  readonly endMs: number;
}

function toHolder(pairs: readonly { readonly work: Work; readonly wait: Work }[]) {
  const [first] = pairs;
  if (!first) throw new Error('A holder that holds nothing.');
  return { work: first.work, waits: new Set(pairs.map(({ wait }) => wait)) };
}

function isHeldBy(wait: Work, work: Work): boolean {
  const apartMs = Math.max(SOON_MS, (wait.endMs - wait.startMs) * SOON_SHARE);
  return work.startMs <= wait.startMs && Math.abs(wait.endMs - work.endMs) <= apartMs;
}

/** Queries of the requests that took a quarter or more of what the longest of them took. */
async function longQueries(engine: Engine, { objective, after }: CauseQuestion): Promise<readonly Work[]> {
  const { service, operation } = objective;
  return engine.query<Work>(
    `SELECT ${workOf(engine)} FROM otel_traces WHERE ${isQuery(engine)}
      AND Duration >= (SELECT max(Duration) FROM (${requests(engine)}) AS r) * ${LONG_SHARE} AND TraceId IN (SELECT TraceId FROM (${requests(engine)}) AS r)
      ORDER BY Duration DESC LIMIT ${MOST}`,
    { service, operation, ...after },
  );
}

/** What ran as long outside of these requests, and asked the database something. */
async function otherWork(
  engine: Engine,
  { objective, after }: CauseQuestion,
  waits: readonly Work[],
): Promise<readonly Work[]> {
  const { service, operation } = objective;
  const leastNano = Math.min(...waits.map(({ startMs, endMs }) => endMs - startMs)) * 1e6;
  return engine.query<Work>(
    `SELECT ${workOf(engine)} FROM otel_traces
      WHERE (SpanKind IN ('Consumer', 'Server') OR ParentSpanId = '') AND Duration >= $leastNano
      AND ${engine.words.epochMs('Timestamp')} + Duration / 1e6 >= $fromMs
      AND TraceId NOT IN (SELECT TraceId FROM (${requests(engine)}) AS r)
      AND TraceId IN (SELECT TraceId FROM otel_traces WHERE ${isQuery(engine)})
      ORDER BY Duration DESC LIMIT ${MOST}`,
    { service, operation, leastNano, ...after },
  );
}

/** Also those that had begun before: the first who waited for it may have been there when nobody else was. */
function requests({ words }: Engine): string {
  const startMs = words.epochMs('Timestamp');
  return `SELECT TraceId, Duration FROM otel_traces WHERE ServiceName = $service AND SpanName = $operation
    AND ${startMs} + Duration / 1e6 >= $fromMs AND ${startMs} < $toMs`;
}

function workOf({ words }: Engine): string {
  const startMs = words.epochMs('Timestamp');
  return `ServiceName AS service, SpanName AS operation, ${startMs} AS "startMs", ${startMs} + Duration / 1e6 AS "endMs"`;
}

/** A question that was asked: to wait for a connection is none. */
function isQuery({ words }: Engine): string {
  const [text, old] = ['db.query.text', 'db.statement'].map((key) => words.attribute('SpanAttributes', key));
  return `SpanKind = 'Client' AND coalesce(nullIf(${text}, ''), ${old}) <> ''`;
}

const LONG_SHARE = 0.25;
const SOON_MS = 50;
const SOON_SHARE = 0.05;
const MOST = 200;

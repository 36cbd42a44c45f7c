import { loadEntryTraces } from '../critical-path/load-entry-traces.ts';
import { pathShares } from '../critical-path/path-shares.ts';
import type { Engine } from '../store/engine.ts';
import type { CauseQuestion, FindCause, Reason, Suspect, TimeSpan } from './cause.ts';

/**
 * The plain rules: for errors who failed without anything below having failed, for latency whose own time on the critical
 * path grew; each compared with before.
 */
export function suspectsByOwn(engine: Engine): FindCause {
  return (question) =>
    question.objective.measure.kind === 'availability' ? byErrors(engine, question) : byTime(engine, question);
}

async function byErrors(engine: Engine, { objective, before, after }: CauseQuestion): Promise<readonly Suspect[]> {
  const was = await ownErrors(engine, objective, before);
  const is = await ownErrors(engine, objective, after);
  const rate = ({ errors, requests }: OwnErrors): number => (requests === 0 ? 0 : errors / requests);
  const grown = is.map((now) => {
    const earlier = was.find(({ service, operation }) => service === now.service && operation === now.operation);
    return { ...now, growth: rate(now) - (earlier ? rate(earlier) : 0), wasRate: earlier ? rate(earlier) : 0 };
  });
  return rank(grown, ({ wasRate, errors, requests }) => ({ kind: 'own-errors', errors, requests, wasShare: wasRate }));
}

interface OwnErrors {
  readonly service: string;
  readonly operation: string;
  readonly errors: number;
  readonly requests: number;
}

/** An error counts where it began: a span with an error of which no child has one. */
async function ownErrors(
  { query, words }: Engine,
  { service, operation }: { readonly service: string; readonly operation: string },
  time: TimeSpan,
): Promise<readonly OwnErrors[]> {
  const startMs = words.epochMs('Timestamp');
  const requests = `SELECT TraceId FROM otel_traces WHERE ServiceName = $service AND SpanName = $operation
    AND ${startMs} >= $fromMs AND ${startMs} < $toMs`;
  const errors = `SELECT TraceId, SpanId, ParentSpanId, ServiceName, SpanName FROM otel_traces
    WHERE StatusCode = 'Error' AND TraceId IN (${requests})`;
  return query<OwnErrors>(
    `SELECT e.ServiceName AS service, e.SpanName AS operation, count(*) AS errors,
      (SELECT count(*) FROM (${requests}) AS r) AS requests
    FROM (${errors}) AS e LEFT JOIN (SELECT DISTINCT TraceId, ParentSpanId FROM (${errors}) AS f) AS c
      ON c.TraceId = e.TraceId AND c.ParentSpanId = e.SpanId
    WHERE c.ParentSpanId IS NULL OR c.ParentSpanId = ''
    GROUP BY e.ServiceName, e.SpanName ORDER BY errors DESC, service, operation`,
    { service, operation, ...time },
  );
}

async function byTime(engine: Engine, { objective, before, after }: CauseQuestion): Promise<readonly Suspect[]> {
  const { service, operation } = objective;
  const was = pathShares(await loadEntryTraces(engine, { service, operation, ...before }));
  const is = pathShares(await loadEntryTraces(engine, { service, operation, ...after }));
  const grown = is.map((now) => {
    const wasMs = was.find((one) => one.service === now.service && one.operation === now.operation)?.meanMs ?? 0;
    return { ...now, growth: now.meanMs - wasMs, wasMs };
  });
  return rank(
    grown.filter(({ growth, wasMs }) => growth > wasMs * NOTICEABLE),
    ({ wasMs, meanMs }) => ({ kind: 'own-time', wasMs, isMs: meanMs }),
  );
}

/** Those that grew, the most first, each with its share of all growth. */
function rank<T extends { readonly service: string; readonly operation: string; readonly growth: number }>(
  all: readonly T[],
  reasonOf: (one: T) => Reason,
): readonly Suspect[] {
  const grown = all.filter(({ growth }) => growth > 0).sort((a, b) => b.growth - a.growth);
  const total = grown.reduce((sum, { growth }) => sum + growth, 0);
  return grown.map((one) => ({
    service: one.service,
    operation: one.operation,
    effect: one.growth / total,
    chance: undefined,
    reasons: [reasonOf(one)],
  }));
}

/** Times vary by a tenth without any reason. */
const NOTICEABLE = 0.1;

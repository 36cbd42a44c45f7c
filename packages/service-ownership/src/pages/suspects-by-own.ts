import { loadEntryTraces } from '../critical-path/load-entry-traces.ts';
import { pathShares } from '../critical-path/path-shares.ts';
import type { Engine } from '../store/engine.ts';
import type { Place } from '../what-changed/spot.ts';
import type { CauseQuestion, FindCause, Reason, Suspect } from './cause.ts';
import { readOwnErrors } from './own-errors.ts';

/**
 * The plain rules: for errors who failed without anything below having failed, for latency whose own time on the critical
 * path grew; each compared with before.
 */
export function suspectsByOwn(engine: Engine): FindCause {
  return (question) =>
    question.objective.measure.kind === 'availability' ? byErrors(engine, question) : byTime(engine, question);
}

async function byErrors(engine: Engine, { objective, before, after }: CauseQuestion): Promise<readonly Suspect[]> {
  const was = await readOwnErrors(engine, objective, before);
  const { places, requests } = await readOwnErrors(engine, objective, after);
  const grown = places.map((place) => {
    const earlier = was.places.find((one) => isSamePlace(one, place))?.errors ?? 0;
    const wasShare = was.requests === 0 ? undefined : earlier / was.requests;
    return { ...place, growth: place.errors / requests - (wasShare ?? 0), wasShare };
  });
  return rank(grown, ({ errors, wasShare }) => ({ kind: 'own-errors', errors, requests, wasShare }));
}

async function byTime(engine: Engine, { objective, before, after }: CauseQuestion): Promise<readonly Suspect[]> {
  const { service, operation } = objective;
  const tracesBefore = await loadEntryTraces(engine, { service, operation, ...before });
  const was = pathShares(tracesBefore);
  const is = pathShares(await loadEntryTraces(engine, { service, operation, ...after }));
  const grown = is.map((place) => {
    const earlierMs = was.find((one) => isSamePlace(one, place))?.meanMs ?? 0;
    return { ...place, growth: place.meanMs - earlierMs, wasMs: tracesBefore.length === 0 ? undefined : earlierMs };
  });
  return rank(
    grown.filter(({ growth, wasMs = 0 }) => growth > wasMs * NOTICEABLE),
    ({ wasMs, meanMs }) => ({ kind: 'own-time', wasMs, isMs: meanMs }),
  );
}

function isSamePlace(a: Place, b: Place): boolean {
  return a.service === b.service && a.operation === b.operation;
}

/** Those that grew, the most first, each with its share of all growth. */
function rank<T extends Place & { readonly growth: number }>(
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
    value: undefined,
    reasons: [reasonOf(one)],
  }));
}

/** Times vary by a tenth without any reason. */
const NOTICEABLE = 0.1;

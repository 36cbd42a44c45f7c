import type { Engine } from '../store/engine.ts';
import { type Changes, isSure, whatChanged } from '../what-changed/what-changed.ts';
import type { CauseQuestion, FindCause, Suspect } from './cause.ts';
import { findHolder } from './find-holder.ts';
import { suspectsByOwn } from './suspects-by-own.ts';

/**
 * Who is likeliest: whoever held what was waited for, then what surely changed, if anything did, else the plain rules.
 * Those who waited are slower as well, and are no cause.
 */
export function likeliestCause(engine: Engine): FindCause {
  return async (question) => {
    const holder = await findHolder(engine, question);
    const sure = await suspectsByChange(engine, question);
    const others = sure.length > 0 ? sure : await suspectsByOwn(engine)(question);
    return holder ? [holder, ...others] : others;
  };
}

/** What surely changed in the traces of the objective's operation, in one chance in twenty for nothing. */
async function suspectsByChange(engine: Engine, question: CauseQuestion): Promise<readonly Suspect[]> {
  const { service, operation } = question.objective;
  const [before, after] = [question.before, question.after].map(({ fromMs, toMs }) => ({
    fromUnixNano: toNano(fromMs),
    toUnixNano: toNano(toMs),
    having: { service, operation },
  }));
  return before && after ? toSuspects(await whatChanged(engine, { before, after })) : [];
}

/** The sure ones of what changed, each with its weightiest evidence. */
export function toSuspects({ suspects }: Changes): readonly Suspect[] {
  return suspects.filter(isSure).map(({ service, operation, code, call, chance, evidence, value }) => ({
    service,
    operation,
    chance,
    value,
    effect: evidence[0]?.effect ?? 0,
    reasons: evidence.slice(0, 1).map(({ before, after }) => ({ kind: 'change' as const, code, call, before, after })),
  }));
}

function toNano(ms: number): bigint {
  return BigInt(Math.round(ms * 1000)) * 1000n;
}

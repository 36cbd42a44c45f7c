import type { Judge } from '../judgement.ts';
import { isCallToPayments, isQuery } from '../recognise-span.ts';
import { below, MOST, named, SMALL, shareOf, tookPart, topmost } from '../span-time.ts';

/** Payments is judged by the call to it in the hanging checkout, until something below it tells what it waited for. */
export const judgePayments: Judge = ({ hanging, traces, blame }) => {
  const calls = hanging ? topmost(below(hanging).filter(isCallToPayments)) : [];
  const accusing = blame.filter(({ message }) => /payment/i.test(message)).reduce((sum, { times }) => sum + times, 0);
  const others = traces.flatMap(({ nodes }) => nodes).filter(isCallToPayments);
  if (hanging && calls.length === 0 && others.length > 0)
    return {
      verdict: 'cleared',
      reason: `It was never called by this checkout: a call would show, as that of others does, ${named(others)}.`,
      evidence: others.slice(0, 1),
    };
  if (!hanging || calls.length === 0) {
    const reason = `No span stands for the call to payments, and ${accusing} lines of the log accuse it.`;
    return { verdict: 'open', reason, evidence: [] };
  }
  const share = shareOf(calls, hanging);
  const queries = calls.flatMap(below).filter(isQuery);
  if (share >= MOST && shareOf(queries, hanging) >= share * MOST) {
    const longest = queries.filter((query) => shareOf([query], hanging) > SMALL);
    const reason = `${tookPart(calls, hanging)}, but it only waited, for ${named(longest.length > 0 ? longest : queries)}.`;
    return { verdict: 'cleared', reason, evidence: longest };
  }
  const verdict = share < SMALL ? 'cleared' : share < MOST ? 'open' : 'charged';
  return { verdict, reason: `${tookPart(calls, hanging)}.`, evidence: calls };
};

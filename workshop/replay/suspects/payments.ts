import type { Judge } from '../judgement.ts';
import { isCallToPayments } from '../recognise-span.ts';
import { below, MOST, SMALL, shareOf, tookPart, topmost } from '../span-time.ts';

/** Payments is judged by the call to it in the hanging checkout. */
export const judgePayments: Judge = ({ hanging, blame }) => {
  const calls = hanging ? topmost(below(hanging).filter(isCallToPayments)) : [];
  const accusing = blame.filter(({ message }) => /payment/i.test(message)).reduce((sum, { times }) => sum + times, 0);
  if (!hanging || calls.length === 0) {
    const reason = `No span stands for the call to payments, and ${accusing} lines of the log accuse it.`;
    return { verdict: 'open', reason, evidence: [] };
  }
  const share = shareOf(calls, hanging);
  const verdict = share < SMALL ? 'cleared' : share < MOST ? 'open' : 'charged';
  return { verdict, reason: `${tookPart(calls, hanging)}.`, evidence: calls };
};

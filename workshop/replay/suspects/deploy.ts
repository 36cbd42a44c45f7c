import type { Judge } from '../judgement.ts';
import { isAfterAnswer } from '../recognise-span.ts';
import { named, SMALL, shareOf, tookPart } from '../span-time.ts';

/** Monday's deploy touched what the shop does after it has answered: it is judged by that work for the hanging order. */
export const judgeDeploy: Judge = ({ hanging, traces, orderId }) => {
  const work = traces
    .flatMap(({ nodes }) => nodes)
    .filter(isAfterAnswer)
    .filter(({ span }) => orderId === undefined || Object.values(span.attributes).includes(orderId));
  if (!hanging || work.length === 0)
    return { verdict: 'open', reason: 'No span shows the queues behind the checkout, which it touched.', evidence: [] };
  const strays = work.filter(({ trace }) => trace !== hanging.trace);
  if (strays.length > 0)
    return { verdict: 'open', reason: `${named(strays)} of this order: not in its trace.`, evidence: strays };
  if (shareOf(work, hanging) >= SMALL)
    return { verdict: 'charged', reason: `${tookPart(work, hanging)}.`, evidence: work };
  return {
    verdict: 'cleared',
    reason: `What it touched ran beside the wait or after it: ${named(work)}.`,
    evidence: work,
  };
};

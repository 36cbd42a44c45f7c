import type { Judge } from '../judgement.ts';
import { isCallToWarehouse, isQuery } from '../recognise-span.ts';
import { below, MOST, named, SMALL, shareOf, tookPart, topmost } from '../span-time.ts';

/** The warehouse is judged by the reservation, until something below it tells what it waited for. */
export const judgeWarehouse: Judge = ({ hanging }) => {
  const calls = hanging ? topmost(below(hanging).filter(isCallToWarehouse)) : [];
  if (!hanging || calls.length === 0)
    return { verdict: 'open', reason: 'No span stands for the reservation.', evidence: [] };
  const part = tookPart(calls, hanging);
  const share = shareOf(calls, hanging);
  if (share < SMALL) return { verdict: 'cleared', reason: `${part}.`, evidence: calls };
  if (share < MOST) return { verdict: 'open', reason: `${part}.`, evidence: calls };
  const queries = calls.flatMap(below).filter(isQuery);
  if (shareOf(queries, hanging) < share * MOST)
    return { verdict: 'charged', reason: `${part}, and no span below says why.`, evidence: calls };
  const longest = queries.filter((query) => shareOf([query], hanging) > SMALL);
  const reason = `${part}, but it only waited, for ${named(longest.length > 0 ? longest : queries)}.`;
  return { verdict: 'cleared', reason, evidence: longest };
};

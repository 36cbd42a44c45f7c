import { createView, explainedShare } from 'trace-shapes';
import type { Judge } from '../judgement.ts';
import { isOnStock, isQuery } from '../recognise-span.ts';
import { below, MOST, SMALL, shareOf, tookPart } from '../span-time.ts';

/** The database is judged by the queries of the hanging checkout, unless their wait is somebody else's doing. */
export const judgeDatabase: Judge = ({ hanging }, others) => {
  const queries = hanging ? below(hanging).filter((node) => isQuery(node) && node.children.length === 0) : [];
  if (!hanging || queries.length === 0) return { verdict: 'open', reason: 'No span shows a query.', evidence: [] };
  const longest = queries.toSorted((a, b) => shareOf([b], hanging) - shareOf([a], hanging)).slice(0, 1);
  const share = shareOf(queries, hanging);
  if (share >= MOST) {
    const part = tookPart(longest, hanging);
    if (others.get('nightly-report')?.verdict === 'charged')
      return {
        verdict: 'cleared',
        reason: `${part}, waiting for a row that the nightly report held.`,
        evidence: longest,
      };
    const what = longest.some(isOnStock) ? 'a row of stock' : 'a lock';
    const why = `: it waited for ${what}, and no span says who held it`;
    return { verdict: 'charged', reason: `${part}${why}.`, evidence: longest };
  }
  const all = `${queries.length} queries took ${Math.round(share * 100)} % of the time together`;
  if (share < SMALL && explainedShare(hanging, createView([])) > MOST && others.get('warehouse')?.verdict !== 'charged')
    return { verdict: 'cleared', reason: `${all}.`, evidence: longest };
  return { verdict: 'open', reason: `${all}; where the rest went, no span shows a query.`, evidence: longest };
};

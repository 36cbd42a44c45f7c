import { durationMs, renderDuration, type SpanNode } from 'trace-shapes';
import { toMs } from '../../telemetry/run-times.ts';
import type { Judge } from '../judgement.ts';
import { isReport } from '../recognise-span.ts';
import { MOST, named, shareOf } from '../span-time.ts';

/** The report is judged by its own span: it is charged when the hanging checkout went on as soon as it had ended. */
export const judgeNightlyReport: Judge = ({ hanging, traces, isDrawn }) => {
  if (isDrawn)
    return { verdict: 'open', reason: 'Whether it ran, and who else did, is yours to find out.', evidence: [] };
  const reports = traces.flatMap(({ nodes }) => nodes).filter(isReport);
  const longest = reports.toSorted((a, b) => durationMs(b.span) - durationMs(a.span))[0];
  if (!longest)
    return {
      verdict: 'open',
      reason: 'No span of the worker; the log has "report started", as every night.',
      evidence: [],
    };
  const took = `${named([longest])} took ${renderDuration(durationMs(longest.span))}`;
  if (!hanging)
    return { verdict: 'open', reason: `${took}; no span shows the checkout beside it.`, evidence: [longest] };
  if (shareOf([longest], hanging) < MOST)
    return {
      verdict: 'cleared',
      reason: `${took}, and most of the time the checkout hung without it.`,
      evidence: [longest],
    };
  const afterMs = endOf(hanging) - endOf(longest);
  if (Math.abs(afterMs) > SOON_MS)
    return { verdict: 'open', reason: `${took}, but the checkout did not end with it.`, evidence: [longest] };
  return {
    verdict: 'charged',
    reason: `${took}, and ${renderDuration(Math.max(afterMs, 0))} after its end the checkout was through.`,
    evidence: [longest],
  };
};

function endOf({ span }: SpanNode): number {
  return toMs(span.endUnixNano);
}

const SOON_MS = 700;

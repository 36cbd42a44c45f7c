import { durationMs, renderDuration, type SpanNode } from 'trace-shapes';
import { toMs } from '../../telemetry/run-times.ts';
import type { Judge } from '../judgement.ts';

/** The drop brought the crowd: it is judged by how others fared meanwhile, who looked around and ordered nothing. */
export const judgeMerinoDrop: Judge = ({ hanging, traces }, others) => {
  if (others.get('nightly-report')?.verdict === 'charged')
    return {
      verdict: 'cleared',
      reason: 'The wait ended with the report, while the crowd was still there.',
      evidence: [],
    };
  const visits = hanging ? traces.flatMap(({ nodes }) => nodes).filter((node) => isVisitDuring(node, hanging)) : [];
  if (!hanging || visits.length < ENOUGH)
    return { verdict: 'open', reason: 'No span shows the others who were in the shop.', evidence: [] };
  const sorted = visits.toSorted((a, b) => durationMs(a.span) - durationMs(b.span));
  const slowish = sorted[Math.floor(sorted.length * 0.9)] ?? hanging;
  const took = `Of ${visits.length} other requests meanwhile nine in ten took at most ${renderDuration(durationMs(slowish.span))}`;
  const isQuick = durationMs(slowish.span) < durationMs(hanging.span) * QUICK;
  return isQuick
    ? { verdict: 'cleared', reason: `${took}: the shop was not overrun.`, evidence: [slowish] }
    : { verdict: 'charged', reason: `${took}: the whole shop was slow.`, evidence: [slowish] };
};

function isVisitDuring({ span }: SpanNode, { span: hanging }: SpanNode): boolean {
  const isVisit = span.kind === 'server' && span.service === hanging.service && /^GET\b/.test(span.name);
  return isVisit && toMs(span.startUnixNano) >= toMs(hanging.startUnixNano) && span.startUnixNano < hanging.endUnixNano;
}

const ENOUGH = 5;
const QUICK = 0.05;

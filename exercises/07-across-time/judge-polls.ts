import { anySpan, type SpanNode, type Trace } from 'trace-shapes';
import type { CheckAids, CheckFinding, StageRun } from '../../workshop/check/check.ts';
import { nothingToLookAt } from '../../workshop/check/common-checks.ts';
import { findingOf } from '../../workshop/check/define-check.ts';

/** Finds traces of the worker in which no job is done: it asks for jobs ten times a second, and hardly ever gets one. */
export function judgePolls({ traces }: StageRun, { locate }: CheckAids): readonly CheckFinding[] {
  if (traces.length === 0) return [nothingToLookAt];
  const idle = traces.filter(isIdlePoll);
  const first = idle[0]?.nodes[0];
  if (!first) return [];
  const { name, service, traceId } = first.span;
  return [
    findingOf({
      code: 'unexpected-span',
      message: `${idle.length} traces of the worker show no job, only that it asked for one: \`${name}\` and its like.`,
      hint: 'A query that belongs to nothing tells nothing. `new PgInstrumentation({ requireParentSpan: true })` makes spans only below others; start one when there is a job, and not before.',
      expected: 'no trace of an empty poll',
      actual: `${idle.length} traces`,
      service,
      span: name,
      traceId,
      location: locate({ node: undefined, shape: anySpan(/./, { anchor: 'tracing.ts#PgInstrumentation(' }) }),
      times: idle.length,
    }),
  ];
}

/** Whether a trace is of the worker alone, and no job in it; the restart may have cut one in the middle. */
export function isIdlePoll({ nodes }: Trace): boolean {
  return nodes.every(isIdleInWorker);
}

function isIdleInWorker({ span }: SpanNode): boolean {
  return span.service === 'worker' && span.kind !== 'consumer' && !span.name.startsWith('process ');
}

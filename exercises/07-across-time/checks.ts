import type { Check } from '../../workshop/check/check.ts';
import { nothingLost, sameBehaviour } from '../../workshop/check/common-checks.ts';
import { defineChecks, plainCheck, shapeCheck } from '../../workshop/check/define-check.ts';
import { joinLinks } from '../../workshop/check/join-links.ts';
import { notices, restocks } from './expected.ts';
import { judgeBatch } from './judge-batch.ts';
import { judgePolls } from './judge-polls.ts';

export const checks = defineChecks([
  withLinks(
    shapeCheck({ id: 'notices-of-orders', title: 'the notice is in the trace of its order', expected: notices }),
  ),
  withLinks(
    shapeCheck({
      id: 'attempts-at-jobs',
      title: 'each attempt at a job is below its queueing',
      expected: restocks,
    }),
  ),
  plainCheck({ id: 'links-of-a-batch', title: 'a batch is linked to each of its orders', judge: judgeBatch }),
  plainCheck({ id: 'quiet-polls', title: 'an empty poll leaves no trace', judge: judgePolls }),
  nothingLost,
  sameBehaviour,
]);

function withLinks(check: Check): Check {
  return { ...check, judge: (run, aids) => check.judge({ ...run, traces: joinLinks(run.traces) }, aids) };
}

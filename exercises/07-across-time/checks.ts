import type { Check } from '../../workshop/check/check.ts';
import { nothingLost, sameBehaviour } from '../../workshop/check/common-checks.ts';
import { defineChecks, plainCheck, shapeCheck } from '../../workshop/check/define-check.ts';
import { joinLinks } from '../../workshop/check/join-links.ts';
import { notices, restocks } from './expected.ts';
import { judgeBatch } from './judge-batch.ts';
import { isIdlePoll, judgePolls } from './judge-polls.ts';

export const checks = defineChecks([
  jobCheck('POST /admin/restock', {
    id: 'notices-of-orders',
    title: 'the notice is in the trace of its order',
    expected: notices,
  }),
  jobCheck('POST /orders', {
    id: 'attempts-at-jobs',
    title: 'each attempt at a job is below its queueing, over a restart',
    expected: restocks,
    drives: 'jobs',
  }),
  plainCheck({ id: 'links-of-a-batch', title: 'a batch is linked to each of its orders', judge: judgeBatch }),
  plainCheck({ id: 'quiet-polls', title: 'an empty poll leaves no trace', judge: judgePolls }),
  nothingLost,
  sameBehaviour,
]);

/** A check of jobs, linked or below; what is wrong with the jobs of other requests, or with polls, is other checks' to tell. */
function jobCheck(
  otherRoot: string,
  { drives, ...shape }: Parameters<typeof shapeCheck>[0] & Pick<Check, 'drives'>,
): Check {
  const check = shapeCheck(shape);
  return {
    ...check,
    drives,
    judge(run, aids) {
      const withJobs = joinLinks(run.traces).filter((found) => !isIdlePoll(found));
      const traces = withJobs.filter(({ roots }) => roots[0]?.span.name !== otherRoot);
      return check.judge({ ...run, traces }, aids);
    },
  };
}

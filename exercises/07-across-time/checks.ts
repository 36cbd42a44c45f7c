import type { Check } from '../../workshop/check/check.ts';
import { nothingLost, sameBehaviour } from '../../workshop/check/common-checks.ts';
import { defineChecks, plainCheck, shapeCheck } from '../../workshop/check/define-check.ts';
import { joinLinks } from '../../workshop/check/join-links.ts';
import { attempts, notices, restocks } from './expected.ts';
import { judgeBatch } from './judge-batch.ts';
import { judgePolls } from './judge-polls.ts';

export const checks = defineChecks([
  withLinks(
    shapeCheck({ id: 'notices-of-orders', title: 'the notice is in the trace of its order', expected: notices }),
  ),
  withLinks(
    shapeCheck({
      id: 'restocks',
      title: 'a restock is below its queueing, over a restart too',
      expected: restocks,
    }),
  ),
  withLinks(shapeCheck({ id: 'attempts-at-a-job', title: 'so is each attempt at one that fails', expected: attempts })),
  plainCheck({ id: 'links-of-a-batch', title: 'a batch is linked to each of its orders', judge: judgeBatch }),
  plainCheck({ id: 'quiet-polls', title: 'an empty poll leaves no trace', judge: judgePolls }),
  nothingLost,
  sameBehaviour,
]);

function withLinks(check: Check): Check {
  return { ...check, judge: (run, aids) => check.judge({ ...run, traces: joinLinks(run.traces) }, aids) };
}

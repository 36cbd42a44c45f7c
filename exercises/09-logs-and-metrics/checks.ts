import type { NightCheck } from '../../workshop/check/check.ts';
import { nothingLost, sameBehaviour } from '../../workshop/check/common-checks.ts';
import { defineChecks, plainCheck } from '../../workshop/check/define-check.ts';
import { judgeNight } from '../../workshop/replay/judge-incident.ts';
import { judgeLines } from './judge-lines.ts';
import { judgeMeasures } from './judge-measures.ts';

const solved: NightCheck = {
  id: 'night-is-solved',
  title: 'INCIDENT.md says who it was, and two traces prove it',
  judgeNight,
};

export const checks = defineChecks([
  {
    ...plainCheck({
      id: 'lines-know-their-trace',
      title: 'every line of the log names its trace, printed and over OTLP',
      judge: judgeLines,
    }),
    drives: 'jobs',
  },
  plainCheck({
    id: 'checkouts-are-measured',
    title: 'a metric says how long checkouts take, and what fails',
    judge: judgeMeasures,
  }),
  nothingLost,
  sameBehaviour,
  solved,
]);

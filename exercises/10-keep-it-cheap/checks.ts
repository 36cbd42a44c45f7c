import { nothingLost, sameBehaviour } from '../../workshop/check/common-checks.ts';
import { defineChecks, plainCheck, shapeCheck } from '../../workshop/check/define-check.ts';
import { stillExplained } from './expected.ts';
import { judgeLeaks } from './judge-leaks.ts';
import { judgeNames } from './judge-names.ts';
import { judgeAll, judgeSampling } from './judge-sampling.ts';
import { visit } from './visit.ts';

export const checks = defineChecks([
  shapeCheck({
    id: 'still-explained',
    title: 'a checkout still explains itself',
    unless: judgeAll,
    expected: stillExplained,
  }),
  {
    ...plainCheck({ id: 'whole-traces', title: 'half of the traces, and each of them whole', judge: judgeSampling }),
    secondStart: visit,
  },
  {
    ...plainCheck({ id: 'few-names', title: 'no id in a name or a metric', judge: judgeNames }),
    secondStart: visit,
  },
  {
    ...plainCheck({ id: 'planted-secrets', title: 'planted secrets appear nowhere', judge: judgeLeaks }),
    secondStart: visit,
  },
  nothingLost,
  sameBehaviour,
]);

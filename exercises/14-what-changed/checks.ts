import type { Check } from '../../workshop/check/check.ts';
import { defineChecks, plainCheck } from '../../workshop/check/define-check.ts';
import { chainRun } from './chain-run.ts';
import { judgeAnswers, judgeTraces } from './judge-chain.ts';
import { judgeIncident } from './judge-incident.ts';
import { judgeLooks } from './judge-looks.ts';
import { judgeTelling } from './judge-telling.ts';

export const checks = defineChecks(
  [
    plainCheck({ id: 'dozen-answers', title: 'the twelve services answer as before', judge: judgeAnswers }),
    plainCheck({ id: 'one-trace-a-visit', title: 'one trace from the skein to the sheep', judge: judgeTraces }),
    plainCheck({ id: 'changes-have-names', title: 'version, variant and tenant are told', judge: judgeTelling }),
    { id: 'changes-are-found', title: 'hidden changes are found by the traces', judge: judgeLooks },
    plainCheck({ id: 'sheep-in-time', title: 'the cause is named and rolled back', judge: judgeIncident }),
  ].map((check): Check => ({ ...check, ownRun: chainRun })),
);

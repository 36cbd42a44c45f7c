import { nothingLost, nothingToLookAt, sameBehaviour } from '../../workshop/check/common-checks.ts';
import { defineChecks, plainCheck } from '../../workshop/check/define-check.ts';
import { judgeCatalogue } from '../../workshop/check/judge-catalogue.ts';
import { judgeIdentity } from './judge-identity.ts';
import { SERVICES } from './services.ts';

export const checks = defineChecks([
  plainCheck({
    id: 'says-who-it-is',
    title: 'each service says on its resource who it is, and whose',
    judge: judgeIdentity,
  }),
  {
    id: 'catalogue-is-true',
    title: 'catalogue and traces tell the same of the four services',
    async judgeSet(run, aids) {
      const findings = run.telemetry.spans.length > 0 ? await judgeCatalogue(run, aids, SERVICES) : [nothingToLookAt];
      return { findings, picture: undefined, paths: [] };
    },
  },
  nothingLost,
  sameBehaviour,
]);

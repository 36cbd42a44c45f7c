import type { Check, CheckAids, CheckFinding, StageRun } from '../../workshop/check/check.ts';
import { nothingToLookAt } from '../../workshop/check/common-checks.ts';
import { defineChecks } from '../../workshop/check/define-check.ts';
import { chainRun } from './chain-run.ts';
import type { ChainSeen } from './chain-seen.ts';
import { judgeAnswers, judgeTraces } from './judge-chain.ts';
import { judgeIncident } from './judge-incident.ts';
import { judgeLooks, remarkOn } from './judge-looks.ts';
import { judgeTelling } from './judge-telling.ts';
import { whatIsMissing } from './what-is-missing.ts';

export const checks = defineChecks([
  chainCheck({ id: 'dozen-answers', title: 'the twelve services answer as before', judge: judgeAnswers }),
  chainCheck({ id: 'one-trace-a-visit', title: 'one trace from the skein to the sheep', judge: judgeTraces }),
  chainCheck({ id: 'changes-have-names', title: 'version, variant and tenant are told', judge: judgeTelling }),
  chainCheck({
    id: 'sheep-in-time',
    title: 'the cause is named and rolled back',
    judge: (seen, aids, { bench }) => judgeIncident(seen, bench, aids),
  }),
  chainCheck({
    id: 'changes-are-found',
    title: 'hidden changes are found by the traces',
    // As long as something is missing nothing was hidden; each reason is told once, whoever gives it.
    judge: (seen, aids, { bench }) =>
      seen.looks.length === 0 ? whatIsMissing(seen, bench, aids) : judgeLooks(seen.looks),
    remark: ({ looks }) => remarkOn(looks),
  }),
]);

/** A check of what the dozen showed. */
function chainCheck(check: {
  readonly id: string;
  readonly title: string;
  readonly judge: (seen: ChainSeen, aids: CheckAids, run: StageRun) => readonly CheckFinding[];
  readonly remark?: (seen: ChainSeen) => string;
}): Check {
  return {
    ...check,
    ownRun: chainRun,
    judge(run, aids) {
      const seen = run.ownRuns.get(chainRun.id) as ChainSeen | undefined;
      const hasSpans = seen !== undefined && seen.quiet.spans.length > 0;
      const findings = hasSpans ? check.judge(seen, aids, run) : [nothingToLookAt];
      const remark = hasSpans && findings.length === 0 ? check.remark?.(seen) : undefined;
      return { findings, picture: undefined, paths: [], ...(remark && { remark }) };
    },
  };
}

import type { CheckAids, CheckFinding, CheckOutcome, StageRun } from '../../workshop/check/check.ts';
import { nothingToLookAt } from '../../workshop/check/common-checks.ts';
import { findingOf } from '../../workshop/check/define-check.ts';
import { isAllRight } from '../../workshop/supply-chain/judge-found.ts';
import type { Look } from '../../workshop/supply-chain/look-for-changes.ts';
import { chainSeenIn } from './chain-run.ts';
import { judgeTraces } from './judge-chain.ts';
import { judgeTelling } from './judge-telling.ts';

/** Every hidden change is found, by service, operation and value, and nothing where nothing was changed. */
export function judgeLooks(run: StageRun, aids: CheckAids): CheckOutcome {
  const seen = chainSeenIn(run);
  if (!seen || seen.quiet.spans.length === 0) return { findings: [nothingToLookAt], picture: undefined, paths: [] };
  if (seen.looks.length === 0) {
    // Nothing was hidden, as it could not be found: the reasons are the other checks', and are told once.
    return { findings: [...judgeTraces(run, aids), ...judgeTelling(run, aids)], picture: undefined, paths: [] };
  }
  const findings = seen.looks.filter(({ right }) => !isAllRight(right)).map(explainMiss);
  return { findings, picture: undefined, paths: [], remark: remarkOn(seen.looks) };
}

function explainMiss({ planned, found }: Look): CheckFinding {
  const answer = found
    ? `\`${found.operation}\` of \`${found.service}\`${found.value === undefined ? '' : `, \`${found.attribute}\` = "${found.value}"`}`
    : 'nothing';
  if (!planned) {
    return findingOf({
      code: 'false-alarm',
      message: `Nothing was changed, and the traces made ${answer} a suspect.`,
      hint: 'Does something of the telemetry differ from visit to visit without a reason? On a laptop that is busy with something else, check once more.',
      expected: 'nothing',
      actual: answer,
    });
  }
  const truth = `\`${planned.attribute}\` = "${planned.value}" at \`${planned.service}\``;
  return findingOf({
    code: 'not-findable',
    message: `A ${KINDS[planned.kind]} was hidden behind your back, ${truth}; your traces led to ${answer}.`,
    hint: `Every visit must say it, whatever comes of it: is \`${planned.attribute}\` set before anything can fail or wait, and at every service?`,
    expected: truth,
    actual: answer,
    service: planned.service,
    span: planned.operation,
  });
}

function remarkOn(looks: readonly Look[]): string {
  const found = looks.flatMap(({ planned }) => (planned ? `${KINDS[planned.kind]} at ${planned.service}` : []));
  return `Hidden and found: ${found.join(', ')}. And where nothing was changed, nothing was found.`;
}

const KINDS = {
  deploy: 'deploy',
  flag: 'flag',
  config: 'config value',
  mix: 'change of the traffic',
  dependency: 'slow database',
} as const;

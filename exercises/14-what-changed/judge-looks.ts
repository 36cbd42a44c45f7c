import type { CheckFinding } from '../../workshop/check/check.ts';
import { findingOf } from '../../workshop/check/define-check.ts';
import { isAllRight } from '../../workshop/supply-chain/judge-found.ts';
import type { Look } from '../../workshop/supply-chain/look-for-changes.ts';

/** Every hidden change is found, by service, operation and value, and nothing where nothing was changed. */
export function judgeLooks(looks: readonly Look[]): readonly CheckFinding[] {
  return looks.filter(({ right }) => !isAllRight(right)).map(explainMiss);
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

/** What was hidden, once it is found. */
export function remarkOn(looks: readonly Look[]): string {
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

import { anySpan, descendant } from 'trace-shapes';
import type { Check } from '../../workshop/check/check.ts';
import { nothingLost, sameBehaviour } from '../../workshop/check/common-checks.ts';
import { defineChecks, plainCheck, shapeCheck } from '../../workshop/check/define-check.ts';
import { outcomes } from '../02-spans-that-explain/expected.ts';
import { checks as ofLostContext } from '../03-lost-context/checks.ts';
import { checks as ofFramework } from '../06-framework/checks.ts';
import { checks as ofTime } from '../07-across-time/checks.ts';
import { checks as ofMails } from '../08-teach-a-library/checks.ts';
import { contract, judgeContract } from './contract.ts';
import { noStaircase, partsOfOrders } from './expected.ts';
import { ROUND_TRIP_MS } from './how-they-wait.ts';
import { judgeOneStep, tellGain } from './judge-one-step.ts';

const staircaseGone = shapeCheck({
  id: 'staircase-is-gone',
  title: 'no more queries for three kinds of yarn than for one',
  expected: noStaircase,
});

const askedAtOnce: Check = {
  id: 'asked-at-once',
  title: 'what a price needs is asked for at the same time',
  roundTripMs: ROUND_TRIP_MS,
  judge(run, aids) {
    // Of a staircase, each step is in turn: that is told already.
    const staircase = staircaseGone.judge(run, aids).findings;
    const findings = staircase.length > 0 ? staircase : judgeOneStep(run, aids);
    const remark = tellGain(run);
    return { findings, picture: undefined, paths: [], ...(remark && { remark }) };
  },
};

const partsAndOutcomes = shapeCheck({
  id: 'parts-and-outcomes',
  title: 'each checkout still tells its parts and its outcome',
  expected: ({ facts }) => outcomes(facts, anySpan, descendant),
});

const kept: Check = {
  ...plainCheck({ id: 'contract-is-kept', title: 'the shop keeps all of its promises', judge: judgeContract }),
  secondStart: contract,
};

/** What a refactoring must not lose: the spans that the stages before have won. */
const wonBefore = [...ofLostContext, ...ofFramework, ...ofTime, ...ofMails].filter(({ id }) =>
  ['one-trace-a-checkout', 'calls-by-library', 'notices-of-orders', 'mails-are-spans'].includes(id),
);

export const checks = defineChecks([
  staircaseGone,
  askedAtOnce,
  partsAndOutcomes,
  ...wonBefore,
  shapeCheck({
    id: 'parts-hold-their-work',
    title: 'three parts, one after the other, and the work of each below it',
    unless: (run, aids) => [askedAtOnce, partsAndOutcomes].flatMap((check) => check.judge(run, aids).findings),
    expected: partsOfOrders,
  }),
  kept,
  nothingLost,
  sameBehaviour,
]);

import { nothingLost, sameBehaviour } from '../../workshop/check/common-checks.ts';
import { defineChecks, shapeCheck } from '../../workshop/check/define-check.ts';
import { oneSpanEach } from './expected.ts';

export const checks = defineChecks([
  shapeCheck({ id: 'one-span-a-checkout', title: 'one span a checkout', expected: ({ facts }) => oneSpanEach(facts) }),
  nothingLost,
  sameBehaviour,
]);

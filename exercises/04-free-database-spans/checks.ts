import { noCardToken, nothingLost, sameBehaviour } from '../../workshop/check/common-checks.ts';
import { defineChecks, shapeCheck } from '../../workshop/check/define-check.ts';
import { queriesOfCheckouts } from './expected.ts';

export const checks = defineChecks([
  shapeCheck({
    id: 'queries-of-a-checkout',
    title: 'each checkout shows its queries',
    expected: ({ facts }) => queriesOfCheckouts(facts),
  }),
  noCardToken,
  nothingLost,
  sameBehaviour,
]);

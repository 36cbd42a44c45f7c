import { noCardToken, nothingLost, sameBehaviour } from '../../workshop/check/common-checks.ts';
import { defineChecks, shapeCheck } from '../../workshop/check/define-check.ts';
import { outcomes } from './expected.ts';

export const checks = defineChecks([
  shapeCheck({
    id: 'checkouts-explain-themselves',
    title: 'each checkout tells its parts and its outcome',
    expected: ({ facts }) => outcomes(facts),
  }),
  noCardToken,
  nothingLost,
  sameBehaviour,
]);

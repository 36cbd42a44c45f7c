import { anySpan } from 'trace-shapes';
import { noCardToken, nothingLost, sameBehaviour } from '../../workshop/check/common-checks.ts';
import { defineChecks, shapeCheck } from '../../workshop/check/define-check.ts';
import { outcomes } from '../02-spans-that-explain/expected.ts';
import { callsOfCheckouts } from './expected.ts';

export const checks = defineChecks([
  shapeCheck({
    id: 'calls-across-services',
    title: 'one trace over shop, warehouse and payments',
    expected: ({ facts }) => callsOfCheckouts(facts),
  }),
  shapeCheck({
    id: 'checkouts-still-explain-themselves',
    title: 'each checkout tells its parts and its outcome still',
    expected: ({ facts }) => outcomes(facts, anySpan),
  }),
  noCardToken,
  nothingLost,
  sameBehaviour,
]);

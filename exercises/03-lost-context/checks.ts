import { nothingLost, sameBehaviour } from '../../workshop/check/common-checks.ts';
import { defineChecks, shapeCheck } from '../../workshop/check/define-check.ts';
import { oneTraceEach } from './expected.ts';

export const checks = defineChecks([
  shapeCheck({
    id: 'one-trace-a-checkout',
    title: 'one trace a checkout, ten at once',
    expected: ({ facts }) => oneTraceEach(facts),
  }),
  nothingLost,
  sameBehaviour,
]);

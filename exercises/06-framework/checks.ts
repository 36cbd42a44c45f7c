import { noCardToken, nothingLost, sameBehaviour } from '../../workshop/check/common-checks.ts';
import { defineChecks, shapeCheck } from '../../workshop/check/define-check.ts';
import { routes } from './expected.ts';

export const checks = defineChecks([
  shapeCheck({
    id: 'named-by-route',
    title: 'every request has its span, named by its route',
    expected: ({ facts }) => routes(facts),
  }),
  noCardToken,
  nothingLost,
  sameBehaviour,
]);

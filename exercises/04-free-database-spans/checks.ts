import { nothingLost, sameBehaviour } from '../../workshop/check/common-checks.ts';
import { defineChecks, shapeCheck } from '../../workshop/check/define-check.ts';
import { findPersonalData } from '../../workshop/check/find-personal-data.ts';
import { findUninstrumented, pgLibrary } from '../../workshop/check/find-uninstrumented.ts';
import { queriesOfCheckouts, staircases } from './expected.ts';

export const checks = defineChecks([
  shapeCheck({
    id: 'queries-of-a-checkout',
    title: 'each checkout shows its queries and its waits, and no values',
    unless: (run, aids) => findUninstrumented(run, aids, [pgLibrary(['shop'])]),
    expected: queriesOfCheckouts,
    further: findPersonalData,
  }),
  shapeCheck({
    id: 'pricing-is-a-staircase',
    title: 'three queries for every kind of yarn in the basket',
    unless: (run, aids) => findUninstrumented(run, aids, [pgLibrary(['shop'])]),
    expected: staircases,
  }),
  nothingLost,
  sameBehaviour,
]);

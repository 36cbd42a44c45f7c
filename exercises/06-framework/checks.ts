import { nothingLost, sameBehaviour } from '../../workshop/check/common-checks.ts';
import { defineChecks, shapeCheck } from '../../workshop/check/define-check.ts';
import { expressLibrary, findUninstrumented, httpRequestLibrary } from '../../workshop/check/find-uninstrumented.ts';
import { judgeBaggage } from '../../workshop/check/judge-baggage.ts';
import { chargedOrders } from '../05-across-services/expected.ts';
import { callsByLibrary, routes } from './expected.ts';

const libraries = [expressLibrary(['shop', 'warehouse', 'payments']), httpRequestLibrary(['shop'])];

const namedByRoute = shapeCheck({
  id: 'named-by-route',
  title: 'every request has its span, once, named by its route',
  unless: (run, aids) => findUninstrumented(run, aids, libraries),
  expected: routes,
});

export const checks = defineChecks([
  namedByRoute,
  shapeCheck({
    id: 'calls-by-library',
    title: 'one trace over shop, warehouse and payments, by the library',
    // What is there twice at the routes is there twice in the calls, and is told once.
    unless: (run, aids) => namedByRoute.judge(run, aids).findings,
    expected: callsByLibrary,
    further: (run, { locate }) => judgeBaggage(run, chargedOrders(run.facts), locate),
  }),
  nothingLost,
  sameBehaviour,
]);

import { anySpan } from 'trace-shapes';
import { nothingLost, sameBehaviour } from '../../workshop/check/common-checks.ts';
import { defineChecks, shapeCheck } from '../../workshop/check/define-check.ts';
import { judgeBaggage } from '../../workshop/check/judge-baggage.ts';
import { outcomes } from '../02-spans-that-explain/expected.ts';
import { callsOfCheckouts, chargedOrders } from './expected.ts';

export const checks = defineChecks([
  shapeCheck({
    id: 'calls-across-services',
    title: 'one trace over shop, warehouse and payments',
    expected: callsOfCheckouts,
    further: (run, { locate }) => judgeBaggage(run, chargedOrders(run.facts), locate),
  }),
  shapeCheck({
    id: 'parts-across-services',
    title: 'each checkout still tells its parts and its outcome',
    expected: ({ facts }) => outcomes(facts, anySpan),
  }),
  nothingLost,
  sameBehaviour,
]);

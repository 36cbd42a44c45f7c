import { defineStage } from '../../workshop/stages/define-stage.ts';

export const stage = defineStage({
  title: 'Keep a promise',
  minutes: 25,
  goal: 'What the checkout promises is written down and measured from traces, and when it burns, the owner of the cause is woken.',
  processes: ['shop', 'warehouse', 'payments', 'worker'],
  startFinding: 'wrong-objective',
  edit: ['objectives/checkout.slo.yaml (new): what the checkout promises, twice'],
  hints: [
    'A promise is made where somebody outside asks for something: at `POST /orders` of the shop, and not at payments.',
    '`objectives/baskets.slo.yaml` has a promise of the first kind: so many of all requests are good. Copy it, and change the name, the operation and the target.',
    'The second kind compares how long each request took with a value: `thresholdMetric: { metricSource: … }` in place of `ratioMetric`, and `objectives: [{ op: lte, value: 1500, target: 0.99 }]`.',
    'Values are milliseconds, targets are shares: 1500, and 0.99.',
    'A page that goes to `storefront`, though the cause is elsewhere, found nobody who owns the cause: `npm run -s ownership -- catalog` says who owns nothing.',
  ],
  retires: [],
  notice:
    'Nobody is woken for what is slow, but for a promise that is being broken; and it is whoever can do something about it.',
});

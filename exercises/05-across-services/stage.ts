import { defineStage } from '../../workshop/stages/define-stage.ts';

export const stage = defineStage({
  title: 'One trace over three services',
  minutes: 25,
  goal: 'A checkout is one trace over shop, warehouse and payments, each try of a call a span of its own, and the order travels along as baggage.',
  processes: ['shop', 'warehouse', 'payments'],
  startFinding: 'missing-span',
  edit: [
    'Procfile: the SDK in all three, each under its own name',
    'tracing.ts: no name of its own any more',
    'lib/http-client.ts: one CLIENT span for each try, and its context in the headers',
    'warehouse/main.ts, payments/main.ts: one SERVER span for each request, in the context of the headers',
    'shop/checkout.ts: the order as baggage',
  ],
  hints: [
    'A trace ends at the process because a context cannot leave it. What does leave it is the headers of a request.',
    '`propagation.inject(context, headers)` writes `traceparent` and `baggage` into headers, `propagation.extract(context.active(), headers)` reads them.',
  ],
  retires: [
    {
      check: 'checkouts-explain-themselves',
      reason:
        'The CLIENT span is the one that sends the request now; `charge card` and `reserve stock` may be INTERNAL, and the check of this stage takes either.',
    },
  ],
  notice:
    'Two `POST` below one `charge card`: the first was answered 503. The log said "got a 503, trying again", and nothing said for whom.',
});

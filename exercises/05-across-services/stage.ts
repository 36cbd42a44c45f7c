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
    'A context lives in one process. What goes over to the next is a request, and what is free to use in it are its headers.',
    '`propagation.inject(context, headers)` writes `traceparent` and `baggage` into headers, `propagation.extract(context.active(), headers)` makes a context of them again.',
    'All three processes load the same tracing.ts; their names stand in the Procfile: `warehouse: OTEL_SERVICE_NAME=warehouse node --import ./tracing.ts warehouse/main.ts`. A `serviceName` in the code would win.',
    'In lib/http-client.ts, one CLIENT span named by the method round each `send`, within the loop. Inject the context of just this span: `propagation.inject(trace.setSpan(context.active(), span), headers)`.',
    "In warehouse and payments a middleware below the health check: `tracer.startSpan(name, { kind: SpanKind.SERVER }, extracted)`, and `context.with(trace.setSpan(extracted, span), next)`. The route is known in `res.once('close', …)`.",
    "A context never changes, so baggage makes a new one: `const withOrder = propagation.setBaggage(context.active(), propagation.createBaggage({ 'purl.order.id': { value: order.id } }))`. Run the two calls in it, by `context.with(withOrder, () => …)`.",
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

import { defineStage } from '../../workshop/stages/define-stage.ts';

export const stage = defineStage({
  title: 'Spans that explain',
  minutes: 15,
  goal: 'Each checkout tells its parts, what came of it, and whether that was an error.',
  processes: ['shop', 'warehouse', 'payments'],
  startFinding: 'missing-span',
  edit: [
    'shop/checkout.ts: a span round the pricing, the call to payments and the call to the warehouse',
    'shop/main.ts: method, route, status code; ERROR for a 5xx and for nothing else',
  ],
  hints: [
    'Three parts are worth a name: pricing, paying, reserving. A span is a child of whatever is active when it starts, and `POST /orders` is.',
    "Around straight lines you need no callback: `const span = tracer.startSpan('price basket')` before them, `span.end()` after them. Nothing is re-indented.",
    'The calls that leave the shop are CLIENT spans: `{ kind: SpanKind.CLIENT }`. Put the one for payments into `callPayments`, so that it covers the call and not the waiting before it.',
    'A declined card is an outcome: put `approved` or `declined` into `purl.payment.outcome` and leave the status alone. Only a 5xx is an ERROR, with `error.type`.',
    "The status code is known when the response has gone: `res.once('close', () => { span.setAttribute('http.response.status_code', res.statusCode); …; span.end() })`.",
  ],
  retires: [],
  notice:
    'On a good day paying takes the longest. Now `npm run replay`: last night it was reserving, and payments is cleared, whatever the log says. But what was the warehouse waiting for?',
});

import { defineStage } from '../../workshop/stages/define-stage.ts';

export const stage = defineStage({
  title: 'One span a checkout',
  minutes: 12,
  goal: 'Every checkout makes one SERVER span that lasts as long as the customer waits, and none is lost when the shop is stopped.',
  processes: ['shop', 'warehouse', 'payments'],
  startFinding: 'no-spans',
  edit: [
    'tracing.ts (new): starts the SDK, flushes it on SIGTERM',
    'Procfile: loads it before the shop',
    'shop/main.ts: the span round the route `POST /orders`',
  ],
  hints: [
    'Two things are needed: an SDK that runs before the app does, and a span that somebody starts and ends.',
    'The SDK lives in a file of its own, `tracing.ts`, and the Procfile loads it first: `shop: node --import ./tracing.ts shop/main.ts`.',
    'Nobody has to touch the 250-line handler. Where `shop/main.ts` registers it, put a function round it: `tracer.startActiveSpan(name, { kind: SpanKind.SERVER }, async (span) => { … })`.',
    'The span must end after the handler has: `try { await checkout(req, res) } finally { span.end() }`.',
    "The batch processor sends every 5 s, and the shop is stopped by SIGTERM: `process.once('SIGTERM', …)` must await `sdk.shutdown()` and then exit.",
  ],
  retires: [],
  notice:
    'One bar. We see *that* a checkout is slow, and not yet why. Now run `npm run replay` and look at last night.',
});

import { defineStage } from '../../workshop/stages/define-stage.ts';

export const stage = defineStage({
  title: 'What was queued, and who wanted it',
  minutes: 25,
  goal: 'A job belongs to the trace of whoever queued it, however late it is done, by whichever worker and at whichever attempt.',
  processes: ['shop', 'warehouse', 'payments', 'worker'],
  startFinding: 'missing-span',
  edit: [
    'Procfile: the SDK in the worker too, under its own name',
    'lib/jobs.ts (new): a PRODUCER span when a job is queued, its context in the payload; a CONSUMER span when it is done',
    'shop/checkout.ts, shop/main.ts: the three places where jobs are queued',
    'worker/main.ts: the place where a job is done',
    'tracing.ts: no trace for a query that nobody asked for',
    'shop/loyalty.ts: one span for the batch, with a link to each of its orders',
  ],
  hints: [
    'In stage 05 the context left the process in the headers of a request. A job has no headers. What does travel from the shop to the worker?',
    'The payload is JSON: `propagation.inject(context.active(), payload)` writes `traceparent` into it, `propagation.extract(ROOT_CONTEXT, job.payload)` reads it.',
    'Queueing is a span of kind PRODUCER, named `send` and the kind of job; doing it is one of kind CONSUMER, named `process` and the kind of job, started in the context that was extracted.',
    'A worker asks for jobs ten times a second, and each of its queries is a trace now. `new PgInstrumentation({ requireParentSpan: true })` leaves out what nobody asked for.',
    'A span has one parent, and a batch has many orders. So it is a root, with a link to each: `startSpan(name, { root: true, links: [{ context: spanContext }] })`, where `trace.getSpanContext(saved)` gives the span context.',
  ],
  retires: [],
  notice:
    'The notice is in the trace of its order, done by another process after the customer had gone; and of three attempts at a restock, each says which one it was.',
});

import { defineStage } from '../../workshop/stages/define-stage.ts';

export const stage = defineStage({
  title: 'Free database spans',
  minutes: 10,
  goal: 'Every query of a checkout is a span, made by a library, and so is every wait for a connection.',
  processes: ['shop', 'warehouse', 'payments'],
  startFinding: 'not-instrumented',
  edit: [
    'tracing.ts: the instrumentation of pg, given to the SDK',
    'shop/audit.ts: the binding by hand of stage 03, no longer needed',
  ],
  hints: [
    'You need no span of your own: the library that talks to the database can be taught to make them.',
    "`import { PgInstrumentation } from '@opentelemetry/instrumentation-pg'` in tracing.ts.",
    "The SDK has to know it: `new NodeSDK({ serviceName: 'shop', instrumentations: [new PgInstrumentation()] })`.",
    'In shop/audit.ts, delete `context.bind(context.active(), …)` round the callback: the library carries the context over now.',
  ],
  retires: [],
  notice:
    'Three queries for every kind of yarn, one after the other: that staircase is an N+1. And `pg-pool.connect` is long where ten carts wait for four connections.',
});

import { defineStage } from '../../workshop/stages/define-stage.ts';

export const stage = defineStage({
  title: 'Who held the rows',
  minutes: 30,
  goal: 'From a line of the log it is one step to its trace, a metric says how long checkouts take, and last night is solved by evidence.',
  processes: ['shop', 'warehouse', 'payments', 'worker'],
  signals: ['logs', 'metrics'],
  drawsNights: true,
  startFinding: 'missing-log',
  edit: [
    'lib/log.ts: the lines of the shop, by pino',
    'tracing.ts: the instrumentation of pino, given to the SDK',
    'worker/main.ts: a failed job is told while its span is active',
    'shop/checkout.ts: how long a checkout takes, and what failed, as a metric',
    'INCIDENT.md: who it was, with a trace of one who waited and the trace of who held the rows',
  ],
  hints: [
    'All of the shop’s lines go through `lib/log.ts`, and pino has `info`, `warn` and `error` as well: `export const log = pino({ base: { service } })`.',
    '`new PinoInstrumentation()` in `tracing.ts` puts `trace_id` and `span_id` into each line that is written while a span is active, and sends it over OTLP.',
    'The line "job failed" is written when the span of the job has ended. Write it inside of the function that `processJob` is given, and throw the error on.',
    "`metrics.getMeter('shop').createHistogram('purl.checkout.duration', { unit: 's', advice: { explicitBucketBoundaries: [0.01, 0.1, 1, 10, …] } })`, and `record` in `res.on('finish', …)`: in seconds, with `error.type` when the answer is 5xx.",
    'The night: `npm run replay`, then `npm run logs -- --night --grep timeout` for one who waited, `npm run trace ID` for what it waited for, `npm run traces -- --night --slow --around ID` for who was at work meanwhile.',
    'Whoever held it began before the others waited, was at what they waited for, and they went on when it ended. A transaction with gaps between short queries; or one that began and never ended.',
  ],
  retires: [],
  notice:
    'A line led to a trace, a trace to what was waited for, and time to who held it. Nobody has searched for anything.',
});

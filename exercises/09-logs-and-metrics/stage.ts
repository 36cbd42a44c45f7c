import { defineStage } from '../../workshop/stages/define-stage.ts';

export const stage = defineStage({
  title: 'Logs and metrics that know the trace',
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
  hints: [],
  retires: [],
  notice: '',
});

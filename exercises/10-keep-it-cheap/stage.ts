import { defineStage } from '../../workshop/stages/define-stage.ts';

export const stage = defineStage({
  title: 'Keep it cheap, and keep it to yourself',
  minutes: 25,
  goal: 'A setting says how many traces are kept, each of them whole; and nothing that is exported gives a customer away.',
  processes: ['shop', 'warehouse', 'payments', 'worker'],
  startFinding: 'unexpected-span',
  edit: [
    'tracing.ts: the sampler, and the processor that redacts',
    'shop/orders.ts: a span, a metric, a query and a line that a colleague has left behind',
    'lib/redact.ts (new): what is nobody else’s business, in texts and on spans',
    'lib/log.ts: the same for lines of the log',
    'shop/main.ts: the baggage of strangers',
  ],
  hints: [],
  retires: [],
  notice: '',
});

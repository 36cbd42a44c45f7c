import { defineStage } from '../../workshop/stages/define-stage.ts';

export const stage = defineStage({
  title: 'One trace a checkout',
  minutes: 20,
  goal: 'What the shop does after it has answered is in the trace of the order it is done for, also when ten come at once.',
  processes: ['shop', 'warehouse', 'payments'],
  startFinding: 'mixed-requests',
  edit: [
    'shop/outbox.ts: a queue that an interval drains',
    'shop/loyalty.ts: a batch that a timer flushes',
    'lib/bus.ts: one loop that delivers for everybody',
    'shop/audit.ts: a callback that had to wait',
  ],
  hints: [
    'Someone has added the spans already, in four files. All that is missing is their parent. Which context is active where each of them starts?',
    'Context goes along with promises and callbacks, but not through a list: what takes work from a list runs in its own context, or in that of whoever came first.',
    'So put the context on the list with the work: `context.active()` when it is pushed, `context.with(saved, () => work())` when it is taken.',
    'A callback can carry its context itself: `context.bind(context.active(), function (err) { … })`.',
  ],
  retires: [],
  notice:
    'Ten carts, ten clean trees. The work after the answer is part of the story now, though no customer waits for it.',
});

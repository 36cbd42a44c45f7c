import { defineStage } from '../../workshop/stages/define-stage.ts';

export const stage = defineStage({
  title: 'A library learns to speak',
  minutes: 25,
  goal: 'Every mail that goes out is a span, in shop and worker, made by an instrumentation of your own; nothing of the mail is in it.',
  processes: ['shop', 'warehouse', 'payments', 'worker'],
  startFinding: 'not-instrumented',
  edit: [
    'instrumentation-nodemailer.ts: patch and unpatch `sendMail`, and the span round it',
    'tracing.ts: the new instrumentation, given to the SDK',
  ],
  hints: [
    'An instrumentation replaces a function of a library while that is being loaded: by one that starts a span, calls the original and ends the span.',
    "`this._wrap(mailerOf(nodemailer), 'sendMail', (sendMail) => this.traced(sendMail))` patches, `this._unwrap(mailerOf(nodemailer), 'sendMail')` undoes it.",
    '`traced` gives a `function (mail, callback)`, no arrow: its `this` is the transport, and the original wants it, `sendMail.call(this, mail)`.',
    'With a callback nodemailer gives no promise: the span ends in a callback of yours, which then calls theirs. Without one it ends in `then`, of both kinds.',
    'Of an error take `err.code`, not its message: mail servers like to quote the address that they refuse.',
  ],
  retires: [],
  notice: 'One class of 50 lines, and both processes speak. Nobody touched the code that sends the mails.',
});

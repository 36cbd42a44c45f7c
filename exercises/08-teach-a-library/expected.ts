import { client, consumer, descendant, exactly, same, server, trace, traces } from 'trace-shapes';
import { FRAMEWORK } from '../../workshop/check/lend-attributes.ts';
import { isPlaced, type StandardFacts } from '../../workshop/scenario/standard-scenario.ts';

const PATCHES_NOTHING =
  "Nothing is patched yet. In `init` of NodemailerInstrumentation, `this._wrap(mailerOf(nodemailer), 'sendMail', (sendMail) => …)` puts your function in the place of the library's.";

const sendMail = (service: string) =>
  descendant(
    client('send mail', {
      service,
      scope: /nodemailer/i,
      anchor: 'instrumentation-nodemailer.ts#sendMail',
      hints: {
        'missing-span': PATCHES_NOTHING,
        'wrong-scope':
          'The instrumentation has a tracer of its own, which says who made the span: `this.tracer`, and not one by `trace.getTracer`.',
        'wrong-kind':
          'A mail goes out to a server that takes it or refuses it, and we wait for the answer: `{ kind: SpanKind.CLIENT }`.',
        'wrong-status': 'This mail went out. Only what fails is an error.',
      },
    }),
  );

/** Two mails for every order: the confirmation that the shop sends, and the notice that the worker sends. */
export function mails({ checkouts }: StandardFacts) {
  const order = server(
    'POST /orders',
    { service: 'shop', attributes: { 'purl.order.id': same('order') } },
    sendMail('shop'),
    descendant(consumer('process dispatch-notice', { service: 'worker' }, sendMail('worker'))),
  );
  return traces([exactly(checkouts.filter(isPlaced).length, trace(order, { through: [{ scope: FRAMEWORK }] }))]);
}

import { client, consumer, descendant, exactly, same, server, trace, traces } from 'trace-shapes';
import type { StageRun } from '../../workshop/check/check.ts';
import { FRAMEWORK } from '../../workshop/check/lend-attributes.ts';
import { isPlaced } from '../../workshop/scenario/standard-scenario.ts';
import { scopeOf, whyNothing } from './trial.ts';

const sendMail = (service: string, run: StageRun) =>
  descendant(
    client('send mail', {
      service,
      scope: scopeOf(run),
      anchor: 'instrumentation-nodemailer.ts#sendMail',
      hints: {
        'missing-span': whyNothing(run),
        'wrong-scope':
          'The instrumentation has a tracer of its own, which says who made the span: `this.tracer`, and not one by `trace.getTracer`.',
        'wrong-kind':
          'A mail goes out to a server that takes it or refuses it, and we wait for the answer: `{ kind: SpanKind.CLIENT }`.',
        'wrong-status': 'This mail went out. Only what fails is an error.',
      },
    }),
  );

/** Two mails for every order: the confirmation that the shop sends, and the notice that the worker sends. */
export function mails(run: StageRun) {
  const { checkouts } = run.facts;
  const order = server(
    'POST /orders',
    {
      service: 'shop',
      where: { 'http.response.status_code': 201 },
      attributes: { 'purl.order.id': same('order') },
    },
    sendMail('shop', run),
    descendant(consumer('process dispatch-notice', { service: 'worker' }, sendMail('worker', run))),
  );
  return traces([exactly(checkouts.filter(isPlaced).length, trace(order, { through: [{ scope: FRAMEWORK }] }))]);
}

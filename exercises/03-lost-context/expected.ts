import { descendant, exactly, internal, same, server, trace, traces } from 'trace-shapes';
import { FRAMEWORK } from '../../workshop/check/lend-attributes.ts';
import { isPlaced, type StandardFacts } from '../../workshop/scenario/standard-scenario.ts';

/** What is done for an order after the customer has the answer; in the trace of its own order, however deep. */
const later = (name: string, anchor: string, hints: Readonly<Record<string, string>>) =>
  descendant(internal(name, { attributes: { 'purl.order.id': same('order') }, anchor, hints }));

const sendConfirmation = later('send confirmation', 'shop/outbox.ts#waiting.push', {
  'lost-context':
    'A queue that an interval drains runs in the context of the interval, which began with the process. Keep `context.active()` with each order in `sendConfirmationLater`, and send it by `context.with(saved, …)` in `drain`.',
});

const awardPoints = later('award points', 'shop/loyalty.ts#batch.push', {
  'mixed-requests':
    'The timer runs in the context of the first order of the batch, and so does everything it flushes. Keep `context.active()` with each entry in `awardPointsLater`, and award it by `context.with(entry.saved, …)` in `flush`.',
});

const deliver = later('deliver order-placed', 'lib/bus.ts#queue.push', {
  'mixed-requests':
    'One loop delivers for all, in the context of whoever published first. Keep `context.active()` with each event in `publish`, and deliver it by `context.with(saved, …)` in `drain`.',
});

const countAuditEntry = later('count audit entry', 'shop/audit.ts#auditPool.query', {
  'mixed-requests':
    'The callback of a query that had to wait runs in the context of whoever opened the connection. Bind it: `context.bind(context.active(), function (err) { … })`.',
  'lost-context':
    'The callback of a query that had to wait runs in no context. Bind it: `context.bind(context.active(), function (err) { … })`.',
});

export const checkout = trace(
  server(
    'POST /orders',
    {
      service: 'shop',
      attributes: { 'http.response.status_code': 201, 'purl.order.id': same('order') },
      anchor: "shop/main.ts#app.post('/orders'",
    },
    sendConfirmation,
    awardPoints,
    deliver,
    countAuditEntry,
  ),
  { through: [{ scope: FRAMEWORK }] },
);

/** One trace for every order that was placed, whatever else was going on. */
export function oneTraceEach({ checkouts }: StandardFacts) {
  const placed = checkouts.filter(isPlaced).length;
  return traces([exactly(placed, checkout)]);
}

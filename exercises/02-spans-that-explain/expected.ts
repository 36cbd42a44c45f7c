import {
  absent,
  anyInteger,
  anyString,
  client,
  exactly,
  internal,
  never,
  type SpanShape,
  same,
  server,
  trace,
  traces,
} from 'trace-shapes';
import { FRAMEWORK } from '../../workshop/check/lend-attributes.ts';
import type { CheckoutKind, StandardFacts } from '../../workshop/scenario/standard-scenario.ts';

const WHEN_KNOWN =
  "What an error is answered with is not known yet when `checkout` throws, so a `finally` is too early. Read `res.statusCode` in `res.once('close', …)`, set ERROR and `error.type` there if it is a 5xx, and end the span.";

const anchor = "shop/main.ts#app.post('/orders'";

const request = { 'http.request.method': 'POST', 'http.route': '/orders' };

const hints = {
  'lost-context':
    "`POST /orders` is not active where this starts: `startSpan` makes a span, and no more. Start it by `tracer.startActiveSpan('POST /orders', …, async (span) => { … })`, as in stage 01.",
};

const priceBasket = internal('price basket', {
  attributes: { 'purl.basket.items': anyInteger },
  hints,
  anchor: 'shop/checkout.ts#---- 2.',
});

/** How the two calls that leave the shop are drawn: as CLIENT spans, until stage 05 gives each try a span of its own. */
type Call = typeof client;

/** Where a part may be. */
type Placed = (part: SpanShape) => SpanShape;

const chargeCard = (outcome: string, call: Call) =>
  call('charge card', {
    status: 'unset',
    attributes: { 'purl.payment.outcome': outcome },
    hints,
    anchor: 'shop/checkout.ts#async function callPayments',
  });

const reserveStock = (call: Call) => call('reserve stock', { hints, anchor: 'shop/checkout.ts#await reserveStock' });

const through = [{ scope: FRAMEWORK }];

/** An order that is placed: everything in its place, and no word of an error. */
const approved = (call: Call, placed: Placed) =>
  trace(
    server(
      'POST /orders',
      {
        service: 'shop',
        status: 'unset',
        attributes: { ...request, 'http.response.status_code': 201, 'purl.order.id': same('order') },
        anchor,
      },
      placed(priceBasket),
      placed(chargeCard('approved', call)),
      placed(reserveStock(call)),
    ),
    { through },
  );

/** A declined card is an outcome, not an error: nothing failed. */
const declined = (call: Call, placed: Placed) =>
  trace(
    server(
      'POST /orders',
      {
        service: 'shop',
        status: 'unset',
        attributes: { ...request, 'http.response.status_code': 402, 'error.type': absent },
        hints: {
          'forbidden-attribute':
            '`error.type` says that something failed. A declined card is an outcome: only a 5xx is an error.',
        },
        anchor,
      },
      placed(priceBasket),
      placed(chargeCard('declined', call)),
      never(placed(reserveStock(call))),
    ),
    { through },
  );

/** The shop itself failed, after the card was charged: that is what ERROR is for. */
const broken = (call: Call, placed: Placed) =>
  trace(
    server(
      'POST /orders',
      {
        service: 'shop',
        status: 'error',
        attributes: { ...request, 'http.response.status_code': 500, 'error.type': anyString },
        anchor,
        hints: { 'missing-attribute': WHEN_KNOWN, 'wrong-attribute': WHEN_KNOWN },
      },
      placed(priceBasket),
      placed(chargeCard('approved', call)),
    ),
    { through },
  );

/** The customer's mistake is no error of the shop. */
const invalid = trace(
  server('POST /orders', {
    service: 'shop',
    status: 'unset',
    attributes: { ...request, 'http.response.status_code': 422 },
    anchor,
  }),
  { through },
);

/**
 * What each checkout must tell; `call` is how a call that leaves the shop is drawn, and `placed` says where its parts
 * may be: just below the request, unless told otherwise.
 */
export function outcomes({ checkouts }: StandardFacts, call: Call = client, placed: Placed = (part) => part) {
  const count = (...kinds: readonly CheckoutKind[]) => checkouts.filter(({ kind }) => kinds.includes(kind)).length;
  return traces([
    exactly(count('approved', 'retried'), approved(call, placed)),
    exactly(count('declined'), declined(call, placed)),
    exactly(count('broken'), broken(call, placed)),
    exactly(count('invalid'), invalid),
  ]);
}

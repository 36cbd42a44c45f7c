import {
  absent,
  anyInteger,
  anyString,
  client,
  exactly,
  internal,
  never,
  same,
  server,
  trace,
  traces,
} from 'trace-shapes';
import type { CheckoutKind, StandardFacts } from '../../workshop/scenario/standard-scenario.ts';

const WHEN_KNOWN =
  "What an error is answered with is not known yet when `checkout` throws, so a `finally` is too early. Read `res.statusCode` in `res.once('close', …)`, set ERROR and `error.type` there if it is a 5xx, and end the span.";

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

const chargeCard = (outcome: string) =>
  client('charge card', {
    status: 'unset',
    attributes: { 'purl.payment.outcome': outcome },
    hints,
    anchor: 'shop/checkout.ts#async function callPayments',
  });

const reserveStock = client('reserve stock', { hints, anchor: 'shop/checkout.ts#await reserveStock' });

/** An order that is placed: everything in its place, and no word of an error. */
export const approved = trace(
  server(
    'POST /orders',
    {
      service: 'shop',
      status: 'unset',
      attributes: { ...request, 'http.response.status_code': 201, 'purl.order.id': same('order') },
      anchor: "shop/main.ts#app.post('/orders'",
    },
    priceBasket,
    chargeCard('approved'),
    reserveStock,
  ),
);

/** A declined card is an outcome, not an error: nothing failed. */
const declined = trace(
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
      anchor: "shop/main.ts#app.post('/orders'",
    },
    priceBasket,
    chargeCard('declined'),
    never(reserveStock),
  ),
);

/** The shop itself failed, after the card was charged: that is what ERROR is for. */
const broken = trace(
  server(
    'POST /orders',
    {
      service: 'shop',
      status: 'error',
      attributes: { ...request, 'http.response.status_code': 500, 'error.type': anyString },
      anchor: "shop/main.ts#app.post('/orders'",
      hints: { 'missing-attribute': WHEN_KNOWN, 'wrong-attribute': WHEN_KNOWN },
    },
    priceBasket,
    chargeCard('approved'),
  ),
);

/** The customer's mistake is no error of the shop. */
const invalid = trace(
  server('POST /orders', {
    service: 'shop',
    status: 'unset',
    attributes: { ...request, 'http.response.status_code': 422 },
    anchor: "shop/main.ts#app.post('/orders'",
  }),
);

export function partsOfCheckouts({ checkouts }: StandardFacts) {
  return traces([exactly(countOf(checkouts, 'approved'), approved)]);
}

export function outcomes({ checkouts }: StandardFacts) {
  const count = (kind: CheckoutKind) => countOf(checkouts, kind);
  return traces([
    exactly(count('approved'), approved),
    exactly(count('declined'), declined),
    exactly(count('broken'), broken),
    exactly(count('invalid'), invalid),
  ]);
}

function countOf(checkouts: StandardFacts['checkouts'], kind: CheckoutKind): number {
  return checkouts.filter((checkout) => checkout.kind === kind).length;
}

import type { ShopPromise } from '../shop-promise.ts';
import { fillBasket, order } from './fill-basket.ts';

const customer = { email: 'otto@example.com', card: 'tok_ok' };

/** An order that is none is refused with a reason, and leaves nothing behind. */
export const ordersAreRefused: ShopPromise = {
  title: 'incomplete orders are refused',
  async check(visit) {
    const basketId = await fillBasket(visit, { 'L-LINEN-SALT': 1 });
    const empty = await fillBasket(visit, {});
    const refusals: [unknown, number, string][] = [
      [{ ...customer }, 422, 'basketId is missing'],
      [{ ...customer, basketId, email: 'otto' }, 422, 'email is not an email address'],
      [{ ...customer, basketId, card: '4111' }, 422, 'card must be a card token'],
      [{ ...customer, basketId: empty }, 422, 'basket is empty'],
      [{ ...customer, basketId: 'B-1' }, 404, 'no such basket'],
    ];
    for (const [body, status, error] of refusals) {
      visit.expect(`POST /orders with ${JSON.stringify(body)}`, await visit.shop.post('/orders', body), {
        status,
        body: { error },
      });
    }
    visit.expect(
      'rows of orders',
      await visit.rows('select id from orders where basket_id = any($1)', [basketId, empty]),
      [],
    );
  },
};

/** A basket becomes one order, however often the button is pressed. */
export const basketsAreOrderedOnce: ShopPromise = {
  title: 'a basket is ordered once',
  async check(visit) {
    const { shop, expect } = visit;
    const basketId = await fillBasket(visit, { 'L-LINEN-FLAX': 1 });
    const both = await Promise.all([1, 2].map(() => shop.post('/orders', { ...customer, basketId })));
    expect('POST /orders twice at once, status', both.map(({ status }) => status).sort(), [201, 409]);
    const again = { status: 409, body: { error: 'basket was already ordered' } };
    expect('POST /orders again', await shop.post('/orders', { ...customer, basketId }), again);
    const item = { sku: 'L-LINEN-FLAX', quantity: 1 };
    expect('POST /baskets/:id/items of an ordered basket', await shop.post(`/baskets/${basketId}/items`, item), again);
    expect(
      'rows of orders',
      await visit
        .rows('select state from orders where basket_id = $1 and email = $2', basketId, customer.email)
        .then((found) => found.length),
      1,
    );
  },
};

/** Yarn that is not there is not sold: the money goes back and no order is left. */
export const soldOutYarnIsNotSold: ShopPromise = {
  title: 'sold-out yarn is not sold',
  async check(visit) {
    const wishes = { 'H-DYED-LAGOON': 1, 'M-MOHAIR-SMOKE': 3 };
    const refused = await order(visit, wishes, { email: 'mona@example.com', card: 'tok_ok' });
    visit.expect('POST /orders for more than there is', refused, {
      status: 409,
      body: { error: 'out of stock', sku: 'M-MOHAIR-SMOKE' },
    });
    const left = await visit.rows(`select lot, on_hand from stock where sku = 'M-MOHAIR-SMOKE' and on_hand > 0`);
    visit.expect('rows of stock', left, [{ lot: 'L3', on_hand: 2 }]);
    const other = await visit.rows(`select sum(on_hand)::int as n from stock where sku = 'H-DYED-LAGOON'`);
    visit.expect('rows of stock of what else was in the basket', other, [{ n: 180 }]);
    visit.expect('rows of orders', await visit.rows(`select id from orders where email = 'mona@example.com'`), []);
    visit.expect('rows of mails', await visit.rows(`select id from mails where recipient = 'mona@example.com'`), []);
    const refunds = await visit.rows(
      `select amount from charges where state = 'refunded' and amount = 1290 + 3 * 1090 + 390`,
    );
    visit.expect('refunded rows of charges', refunds, [{ amount: 4950 }]);
  },
};

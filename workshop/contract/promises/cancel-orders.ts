import type { ShopPromise } from '../shop-promise.ts';
import { idOf, order } from './fill-basket.ts';

const customer = { email: 'kim@example.com', card: 'tok_ok' };

/** Hand-dyed yarn takes days: until then the order can be cancelled, once, and all is as before. */
export const ordersAreCancelled: ShopPromise = {
  title: 'orders that are not sent yet are cancelled',
  async check(visit) {
    const { shop, rows, expect } = visit;
    const id = idOf(await order(visit, { 'H-DYED-EMBER': 4 }, customer));
    const cancelled = await shop.post(`/orders/${id}/cancel`);
    expect('POST /orders/:id/cancel', cancelled, { status: 200, body: { id, state: 'cancelled', refunded: 5150 } });
    const again = { status: 409, body: { error: 'order is already cancelled' } };
    expect('POST /orders/:id/cancel again', await shop.post(`/orders/${id}/cancel`), again);
    const unknown = { status: 404, body: { error: 'no such order' } };
    expect('POST /orders/P-1/cancel', await shop.post('/orders/P-1/cancel'), unknown);
    expect('rows of orders', await rows('select state from orders where id = $1', id), [{ state: 'cancelled' }]);
    expect('rows of reservations', await rows('select id from reservations where order_id = $1', id), []);
    expect('rows of charges', await rows('select state from charges where reference = $1', id), [
      { state: 'refunded' },
    ]);
    const stock = await rows(`select sum(on_hand)::int as n from stock where sku = 'H-DYED-EMBER'`);
    expect('rows of stock', stock, [{ n: 180 }]);
    const waiting = `select state, run_at > now() + interval '2 days' as later from jobs where payload->>'orderId' = $1`;
    expect('rows of jobs', await rows(waiting, id), [{ state: 'queued', later: true }]);
  },
};

/** What is on its way is not cancelled any more. */
export const sentOrdersAreNotCancelled: ShopPromise = {
  title: 'orders that are sent are not cancelled',
  async check(visit) {
    const id = idOf(await order(visit, { 'Y-YAK-CHARCOAL': 1 }, customer));
    await visit.rowsOnce(1, `select id from orders where id = $1 and state = 'dispatched'`, id);
    const refused = { status: 409, body: { error: 'order is already dispatched' } };
    visit.expect('POST /orders/:id/cancel', await visit.shop.post(`/orders/${id}/cancel`), refused);
    const charges = await visit.rows('select state from charges where reference = $1', id);
    visit.expect('rows of charges', charges, [{ state: 'approved' }]);
  },
};

import type { ShopPromise } from '../shop-promise.ts';
import { fillBasket, idOf } from './fill-basket.ts';

/** A declined card makes no order; another card may be tried with the same basket. */
export const cardsAreDeclined: ShopPromise = {
  title: 'declined cards make no order',
  async check(visit) {
    const { shop, rows, expect } = visit;
    const basketId = await fillBasket(visit, { 'S-SHETLAND-RED': 4 });
    const declined = await shop.post('/orders', { basketId, email, card: 'tok_declined' });
    expect('POST /orders with a declined card', declined, {
      status: 402,
      body: { error: 'card declined', reason: 'insufficient funds' },
    });
    const unknown = await shop.post('/orders', { basketId, email, card: 'tok_unheard_of' });
    expect('POST /orders with an unknown card', unknown, {
      status: 402,
      body: { error: 'card declined', reason: 'card not recognised' },
    });
    expect('rows of orders', await rows('select id from orders where basket_id = $1', basketId), []);
    const paid = await shop.post('/orders', { basketId, email, card: 'tok_ok' });
    expect('POST /orders with another card, status', paid.status, 201);
    const charges = await rows('select state, reason from charges where amount = 5950 order by id');
    expect('rows of charges', charges, [
      { state: 'declined', reason: 'insufficient funds' },
      { state: 'declined', reason: 'card not recognised' },
      { state: 'approved', reason: null },
    ]);
    const attempts = `select a.attempt, a.state from payment_attempts a join charges c on c.reference = a.order_id
      where c.amount = 5950 order by a.id`;
    expect('rows of payment_attempts', await rows(attempts), [
      { attempt: 1, state: 'declined' },
      { attempt: 1, state: 'declined' },
      { attempt: 1, state: 'approved' },
    ]);
  },
};

/** A gateway that is busy once is asked again, and the customer notices nothing. */
export const gatewaysMayBeBusy: ShopPromise = {
  title: 'a busy gateway is asked again',
  async check(visit) {
    const { shop, rows, expect } = visit;
    const basketId = await fillBasket(visit, { 'B-ALPACA-FOG': 1 });
    const placed = await shop.post('/orders', { basketId, email, card: 'tok_flaky' });
    expect('POST /orders with a flaky gateway, status', placed.status, 201);
    const charges = await rows('select amount, state from charges where reference = $1', idOf(placed));
    expect('rows of charges', charges, [{ amount: 1480, state: 'approved' }]);
    const attempts = await rows('select attempt, state from payment_attempts where order_id = $1', idOf(placed));
    expect('rows of payment_attempts', attempts, [{ attempt: 1, state: 'approved' }]);
  },
};

const email = 'clara@example.com';

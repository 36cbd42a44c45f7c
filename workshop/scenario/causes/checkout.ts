import { fillBasket } from '../place-order.ts';
import { sendRequest } from '../send-request.ts';
import type { Cause } from './cause.ts';
import { deliverToTheCellar } from './delivery.ts';

/**
 * Four orders fail while they are written down, and the checkout forgets to give their connections back: from then on
 * nobody gets one. A delivery is booked meanwhile.
 */
export const checkout: Cause = {
  name: 'checkout',
  locks: false,
  async begin(desk) {
    await Promise.all(DOOMED.map(() => orderInVain(desk)));
    await deliverToTheCellar(desk);
  },
  // It never is: only a restart helps. The customers have given up by themselves.
  end: async () => {},
};

/** Postgres takes no NUL in a text, and nobody told the checkout, which charges the card before it finds out. */
async function orderInVain({ shopUrl, signal }: Parameters<Cause['begin']>[0]): Promise<void> {
  const basketId = await fillBasket(shopUrl, { wishes: { 'C-COTTON-MINT': 1 }, card: 'tok_ok' }, signal);
  const order = { basketId, email: 'pasted\u0000@example.com', card: 'tok_ok' };
  await sendRequest('POST', `${shopUrl}/orders`, order, signal);
}

const DOOMED = [1, 2, 3, 4];

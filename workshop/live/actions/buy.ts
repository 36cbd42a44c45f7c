import { renderDuration } from 'trace-shapes/render';
import { sendRequest } from '../../scenario/send-request.ts';
import { curlLine } from '../curl-line.ts';
import { fillBaskets } from '../fill-basket.ts';
import type { LiveAction, LiveShop } from '../live-shop.ts';

/** One customer checks out. */
export const buy: LiveAction = checkout({ key: 'c', label: 'buy', card: 'tok_ok', carts: 1 });

/** One customer's card is declined. */
export const decline: LiveAction = checkout({ key: 'd', label: 'declined card', card: 'tok_declined', carts: 1 });

/** Ten customers check out at once. */
export const tenCarts: LiveAction = checkout({ key: 't', label: 'ten carts', card: 'tok_ok', carts: 10 });

function checkout(plan: {
  readonly key: string;
  readonly label: string;
  readonly card: string;
  readonly carts: number;
}): LiveAction {
  const { key, label, card, carts } = plan;
  return {
    key,
    label,
    needsFreshShop: false,
    async run(shop) {
      const { urls, databaseUrl, tell } = shop;
      // A basket is ordered once: the line that is shown has one of its own, so that it works when it is pasted.
      const [spare = '', ...baskets] = await fillBaskets(databaseUrl, carts + 1);
      const ofSpare = { basketId: spare, email: 'you@example.com', card };
      tell(`$ ${curlLine('POST', `${urls.shop}/orders`, ofSpare)}`);
      if (carts > 1) tell(`  ${carts} of them at once`);
      await Promise.all(baskets.map((basketId) => order(shop, basketId, card)));
      return undefined;
    },
  };
}

async function order({ urls, signal, tell }: LiveShop, basketId: string, card: string): Promise<void> {
  const startedAt = performance.now();
  const email = `${basketId.toLowerCase()}@example.com`;
  const { status, body } = await sendRequest('POST', `${urls.shop}/orders`, { basketId, email, card }, signal);
  tell(`  ${status} in ${renderDuration(performance.now() - startedAt)}${saidOf(body)}`);
}

function saidOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  if ('id' in body) return `, order ${body.id}`;
  return 'error' in body ? `, ${body.error}` : '';
}

import { setTimeout as delay } from 'node:timers/promises';
import { fillBasket, orderBasket, type Wish } from '../scenario/place-order.ts';

/** Where customers go, and until when they are waited for. */
export type CustomerDesk = { readonly shopUrl: string; readonly signal: AbortSignal };

/** A basket that is full and not ordered yet. */
export type FilledBasket = { readonly basketId: string; readonly card: string };

/** Fills a basket for each wish, one after the other. */
export async function fillBaskets(
  { shopUrl, signal }: CustomerDesk,
  wishes: readonly Wish[],
): Promise<readonly FilledBasket[]> {
  const baskets: FilledBasket[] = [];
  for (const wish of wishes) baskets.push({ basketId: await fillBasket(shopUrl, wish, signal), card: wish.card });
  return baskets;
}

/** Orders them one after the other, by the clock: whoever waits keeps nobody away. Resolves when the last has an answer. */
export async function orderAll(
  { shopUrl, signal }: CustomerDesk,
  baskets: readonly FilledBasket[],
  everyMs: number,
): Promise<void> {
  const startedAt = performance.now();
  const orders: Promise<unknown>[] = [];
  for (const [place, basket] of baskets.entries()) {
    await delay(Math.max(0, startedAt + place * everyMs - performance.now()), undefined, { signal });
    orders.push(orderBasket(shopUrl, basket, signal));
  }
  await Promise.all(orders);
}

/** So many customers of an ordinary evening. */
export function ordinaryCustomers(count: number): readonly Wish[] {
  return Array.from({ length: count }, (_, i) => ({
    wishes: { [YARNS[i % YARNS.length] ?? '']: 1 + (i % 2) },
    card: 'tok_ok',
  }));
}

/** So many customers of a drop: every other one wants Merino, and the first four all do. */
export function customersOfTheDrop(count: number): readonly Wish[] {
  const merino: Wish = { wishes: { 'A-MERINO-DROP': 1 }, card: 'tok_ok' };
  return ordinaryCustomers(count).map((wish, i) => (i < 4 || i % 2 === 0 ? merino : wish));
}

const YARNS = [
  'T-TWEED-HEATHER',
  'R-RAMBOUILLET',
  'S-SHETLAND-GREY',
  'Y-YAK-CHARCOAL',
  'S-SOCK-NAVY',
  'M-MOHAIR-BLUSH',
  'S-SHETLAND-RED',
];

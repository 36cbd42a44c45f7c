import { fillBasket, orderBasket } from '../scenario/place-order.ts';
import { sendRequest } from '../scenario/send-request.ts';

/** How many customers come, and how many are in the shop at a time. */
export type Visits = { readonly count: number; readonly atOnce: number };

/**
 * Customers who look at a yarn, fill a basket and buy, so many at a time; each that leaves makes room for the next.
 * @returns visits a second
 */
export async function driveVisits(shopUrl: string, { count, atOnce }: Visits, signal: AbortSignal): Promise<number> {
  const startedAt = performance.now();
  let next = 0;
  const customer = async () => {
    while (next < count) await visit(shopUrl, next++, signal);
  };
  await Promise.all(Array.from({ length: atOnce }, customer));
  return (count * 1000) / (performance.now() - startedAt);
}

async function visit(shopUrl: string, index: number, signal: AbortSignal): Promise<void> {
  await sendRequest('GET', `${shopUrl}/yarns/rambouillet`, undefined, signal);
  const basketId = await fillBasket(shopUrl, { wishes: wishesOf(index), card: 'tok_ok' }, signal);
  await placeOrder(shopUrl, basketId, signal);
}

/** Fills baskets that are to be ordered later. */
export async function fillBaskets(shopUrl: string, count: number, signal: AbortSignal): Promise<readonly string[]> {
  const wishes = Array.from({ length: count }, (_, index) => ({ wishes: wishesOf(index), card: 'tok_ok' }));
  return Promise.all(wishes.map((wish) => fillBasket(shopUrl, wish, signal)));
}

/** Orders what is in a basket, and gives the order's number. */
export async function placeOrder(shopUrl: string, basketId: string, signal: AbortSignal): Promise<string> {
  const { status, orderId } = await orderBasket(shopUrl, { basketId, card: 'tok_ok' }, signal);
  if (status !== 201) throw new Error(`The measured shop answered an order by ${status}, and not by 201.`);
  return orderId;
}

/** Three kinds of yarn each, so that what is done for each kind can be told from what is done once. */
function wishesOf(index: number): Readonly<Record<string, number>> {
  const skus = [0, 3, 7].map((step) => SKUS[(index + step) % SKUS.length] as string);
  return Object.fromEntries(skus.map((sku) => [sku, 1]));
}

const SKUS = [
  'B-ALPACA-RUST',
  'C-COTTON-ECRU',
  'C-COTTON-INDIGO',
  'C-COTTON-MINT',
  'D-DONEGAL-MOSS',
  'D-DONEGAL-PEAT',
  'S-SHETLAND-GREY',
  'S-SHETLAND-RED',
  'T-TWEED-HEATHER',
];

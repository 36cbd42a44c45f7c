import type { Answer } from '../../scenario/send-request.ts';
import type { Visit } from '../shop-promise.ts';

/** What a customer puts into a basket: quantities by sku. */
export type Wishes = Readonly<Record<string, number>>;

/** Takes a basket, fills it and gives its id. */
export async function fillBasket(visit: Visit, wishes: Wishes): Promise<string> {
  const id = idOf(await visit.shop.post('/baskets'));
  for (const [sku, quantity] of Object.entries(wishes))
    await visit.shop.post(`/baskets/${id}/items`, { sku, quantity });
  return id;
}

/** Orders what the customer wishes. */
export async function order(visit: Visit, wishes: Wishes, customer: { email: string; card: string }): Promise<Answer> {
  return visit.shop.post('/orders', { basketId: await fillBasket(visit, wishes), ...customer });
}

/** The id in an answer's body, or the empty text. */
export function idOf({ body }: Answer): string {
  if (typeof body !== 'object' || body === null || !('id' in body)) return '';
  return String(body.id);
}

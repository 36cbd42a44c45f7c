import { sendRequest } from './send-request.ts';

/** What a customer wants to order, and how it is paid. */
export type Wish = { readonly wishes: Readonly<Record<string, number>>; readonly card: string };

/** Takes a basket, fills it, and gives its id. */
export async function fillBasket(shopUrl: string, { wishes }: Wish, signal?: AbortSignal): Promise<string> {
  const basketId = idOf((await sendRequest('POST', `${shopUrl}/baskets`, undefined, signal)).body);
  for (const [sku, quantity] of Object.entries(wishes)) {
    await sendRequest('POST', `${shopUrl}/baskets/${basketId}/items`, { sku, quantity }, signal);
  }
  return basketId;
}

/** What came of an order. */
export type OrderAnswer = { readonly status: number; readonly orderId: string };

/** Orders what is in the basket; each basket's customer has an address of its own. */
export async function orderBasket(
  shopUrl: string,
  { basketId, card }: { readonly basketId: string; readonly card: string },
  signal?: AbortSignal,
): Promise<OrderAnswer> {
  const order = { basketId, email: `${basketId.toLowerCase()}@example.com`, card };
  const { status, body } = await sendRequest('POST', `${shopUrl}/orders`, order, signal);
  return { status, orderId: idOf(body) };
}

function idOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'id' in body ? String(body.id) : '';
}

import type { ShopPromise } from '../shop-promise.ts';
import { fillBasket, idOf } from './fill-basket.ts';

/** Baskets are given out, take items, add up and can be looked at. */
export const basketsAreFilled: ShopPromise = {
  title: 'baskets are filled',
  async check({ shop, rows, expect }) {
    const made = await shop.post('/baskets');
    const id = idOf(made);
    expect('POST /baskets', made, { status: 201, body: { id: /^B-\d+$/, items: [], subtotal: 0 } });
    const first = await shop.post(`/baskets/${id}/items`, { sku: 'J-JUTE-PLAIN', quantity: 2 });
    const jute = { sku: 'J-JUTE-PLAIN', quantity: 2, cents: 1390 };
    expect('POST /baskets/:id/items', first, { status: 201, body: { id, items: [jute], subtotal: 2780 } });
    await shop.post(`/baskets/${id}/items`, { sku: 'B-ALPACA-RUST', quantity: 1 });
    await shop.post(`/baskets/${id}/items`, { sku: 'J-JUTE-PLAIN', quantity: 3 });
    const items = [
      { sku: 'B-ALPACA-RUST', quantity: 1, cents: 1190 },
      { ...jute, quantity: 5 },
    ];
    expect('GET /baskets/:id', await shop.get(`/baskets/${id}`), { status: 200, body: { id, items, subtotal: 8140 } });
    expect(
      'rows of basket_items',
      await rows('select sku, quantity from basket_items where basket_id = $1 order by sku', id),
      [
        { sku: 'B-ALPACA-RUST', quantity: 1 },
        { sku: 'J-JUTE-PLAIN', quantity: 5 },
      ],
    );
  },
};

/** What can't go into a basket is refused with a reason. */
export const basketsRefuse: ShopPromise = {
  title: 'baskets refuse what they cannot take',
  async check(visit) {
    const { shop, expect } = visit;
    const basket = `/baskets/${await fillBasket(visit, {})}/items`;
    const refusals: [string, unknown, number, string][] = [
      [basket, {}, 422, 'sku is missing'],
      [basket, { sku: 'J-JUTE-PLAIN' }, 422, 'quantity must be between 1 and 50'],
      [basket, { sku: 'J-JUTE-PLAIN', quantity: 0 }, 422, 'quantity must be between 1 and 50'],
      [basket, { sku: 'J-JUTE-PLAIN', quantity: 51 }, 422, 'quantity must be between 1 and 50'],
      [basket, { sku: 'J-JUTE-PLAIN', quantity: 1.5 }, 422, 'quantity must be between 1 and 50'],
      [basket, { sku: 'Z-CELLAR-001', quantity: 1 }, 422, 'no such yarn'],
      ['/baskets/B-1/items', { sku: 'J-JUTE-PLAIN', quantity: 1 }, 404, 'no such basket'],
    ];
    for (const [path, body, status, error] of refusals) {
      expect(`POST ${path} with ${JSON.stringify(body)}`, await shop.post(path, body), { status, body: { error } });
    }
    expect('GET /baskets/B-1', await shop.get('/baskets/B-1'), { status: 404, body: { error: 'no such basket' } });
  },
};

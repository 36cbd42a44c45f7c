import type { ShopPromise } from '../shop-promise.ts';
import { order, type Wishes } from './fill-basket.ts';

/** Discounts, shipping by weight, free shipping and the share of tax are what the price list says. */
export const discountsAndShippingAreRight: ShopPromise = {
  title: 'discounts, shipping and tax are right',
  async check(visit) {
    for (const [what, wishes, sums] of priceList) {
      const { status, body } = await order(visit, wishes, { email: 'petra@example.com', card: 'tok_ok' });
      visit.expect(`POST /orders for ${what}, status`, status, 201);
      visit.expect(
        `POST /orders for ${what}`,
        { ...(body as object), id: '', items: [] },
        { id: '', state: 'placed', items: [], ...sums },
      );
    }
  },
};

const priceList: readonly (readonly [string, Wishes, Record<string, number>])[] = [
  [
    'percent off, rounded down for each skein',
    { 'C-COTTON-MINT': 3 },
    { subtotal: 4470, discount: 1116, shipping: 390, vat: 598, total: 3744 },
  ],
  [
    'three for two, twice',
    { 'S-SOCK-NAVY': 7 },
    { subtotal: 6930, discount: 1980, shipping: 590, vat: 885, total: 5540 },
  ],
  ['free shipping', { 'T-TWEED-HEATHER': 6 }, { subtotal: 6540, discount: 0, shipping: 0, vat: 1044, total: 6540 }],
];

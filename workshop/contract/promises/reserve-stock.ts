import type { ShopPromise } from '../shop-promise.ts';

/** The warehouse knows its stock, reserves all or nothing, and takes back. */
export const stockIsReserved: ShopPromise = {
  title: 'the warehouse reserves all or nothing',
  async check({ warehouse, rows, expect }) {
    const sku = 'S-SHETLAND-GREY';
    const onHand = async (n: number) =>
      expect(`GET /stock/${sku}`, await warehouse.get(`/stock/${sku}`), {
        status: 200,
        body: { sku, onHand: n, lots: 3 },
      });
    await onHand(180);
    const unknown = { status: 404, body: { error: 'never heard of it' } };
    expect('GET /stock/N-NYLON', await warehouse.get('/stock/N-NYLON'), unknown);
    const reserve = (items: unknown) => warehouse.post('/reservations', { orderId: 'P-900001', items });
    const none = { status: 422, body: { error: 'orderId and items please' } };
    expect('POST /reservations of nothing', await reserve([]), none);
    const missing = { status: 409, body: { error: 'out of stock', sku: 'Z-CELLAR-009', missing: 99 } };
    const tooMuch = [
      { sku: 'Z-CELLAR-009', quantity: 100 },
      { sku, quantity: 1 },
    ];
    expect('POST /reservations of too much', await reserve(tooMuch), missing);
    await onHand(180);
    const reserved = { status: 201, body: { orderId: 'P-900001', reserved: 1 } };
    expect('POST /reservations', await reserve([{ sku, quantity: 177 }]), reserved);
    await onHand(3);
    const almostGone = () => rows('select almost_gone from yarns where sku = $1', sku);
    expect('rows of yarns', await almostGone(), [{ almost_gone: true }]);
    const released = { status: 200, body: { orderId: 'P-900001', released: 3 } };
    expect('DELETE /reservations/:orderId', await warehouse.delete('/reservations/P-900001'), released);
    await onHand(180);
    expect('rows of yarns afterwards', await almostGone(), [{ almost_gone: false }]);
    const nothing = { status: 404, body: { error: 'nothing reserved' } };
    expect('DELETE /reservations/:orderId again', await warehouse.delete('/reservations/P-900001'), nothing);
  },
};

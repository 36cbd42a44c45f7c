import type { ShopPromise } from '../shop-promise.ts';

/** A restock is queued, done by the worker, and the yarn is no longer almost gone. */
export const yarnIsRestocked: ShopPromise = {
  title: 'yarn is restocked',
  async check({ shop, rows, rowsOnce, expect }) {
    const sku = 'S-SILK-PEARL';
    const queued = await shop.post('/admin/restock', { sku, quantity: 20 });
    const jobId = jobOf(queued.body);
    expect('POST /admin/restock', queued, { status: 202, body: { jobId } });
    const done = await rowsOnce(1, `select kind, attempts from jobs where id = $1 and state = 'done'`, jobId);
    expect('rows of jobs', done, [{ kind: 'restock', attempts: 1 }]);
    expect('rows of stock', await rows('select lot, on_hand from stock where sku = $1 order by lot', sku), [
      { lot: 'L1', on_hand: 3 },
      { lot: 'L2', on_hand: 3 },
      { lot: 'L3', on_hand: 23 },
    ]);
    expect('rows of stock_movements', await rows('select quantity, reason from stock_movements where sku = $1', sku), [
      { quantity: 20, reason: 'restock' },
    ]);
    const noSku = { status: 422, body: { error: 'sku is missing' } };
    expect('POST /admin/restock of nothing', await shop.post('/admin/restock', {}), noSku);
    const noQuantity = { status: 422, body: { error: 'quantity must be 1 or more' } };
    expect('POST /admin/restock of none', await shop.post('/admin/restock', { sku, quantity: 0 }), noQuantity);
  },
};

/** A job that can't be done is tried three times and then left as failed. */
export const yarnThatIsUnknownIsNotRestocked: ShopPromise = {
  title: 'jobs that fail are tried three times',
  async check({ shop, rowsOnce, expect }) {
    const { body } = await shop.post('/admin/restock', { sku: 'N-NYLON', quantity: 1 });
    const failed = `select attempts, last_error from jobs where id = $1 and state = 'failed'`;
    expect('rows of jobs', await rowsOnce(1, failed, jobOf(body)), [{ attempts: 3, last_error: 'no such sku' }]);
  },
};

function jobOf(body: unknown): number {
  return typeof body === 'object' && body !== null && 'jobId' in body ? Number(body.jobId) : 0;
}

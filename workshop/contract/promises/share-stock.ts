import type { ShopPromise, Visit } from '../shop-promise.ts';

/** Who comes first gets the last skeins, and who comes at the same moment is told so. */
export const lastSkeinsAreSoldOnce: ShopPromise = {
  title: 'the last skeins are sold once, however many ask at once',
  async check(visit) {
    const asked = await visit.whileHeld({ sql: lockOf('Z-CELLAR-002'), waiting: 4 }, () =>
      Promise.all([1, 2, 3, 4].map((n) => reserve(visit, `P-90001${n}`, ['Z-CELLAR-002']))),
    );
    visit.expect('POST /reservations of the last 3 by 4 at once, status', asked.toSorted(), [201, 201, 201, 409]);
    const left = await visit.rows(`select on_hand from stock where sku = 'Z-CELLAR-002'`);
    visit.expect('rows of stock', left, [{ on_hand: 0 }]);
    await nobodyWaitsInACircle(visit);
  },
};

/** Two want the same three yarns, named in opposite order: taken in the order named, each would wait for the other. */
async function nobodyWaitsInACircle(visit: Visit): Promise<void> {
  const there = ['Z-CELLAR-010', 'Z-CELLAR-012', 'Z-CELLAR-011'];
  const asked = await visit.whileHeld({ sql: lockOf('Z-CELLAR-012'), waiting: 2 }, () =>
    Promise.all([reserve(visit, 'P-900021', there), reserve(visit, 'P-900022', there.toReversed())]),
  );
  visit.expect('POST /reservations of the same yarns in opposite order, status', asked.toSorted(), [201, 201]);
}

async function reserve({ warehouse }: Visit, orderId: string, skus: readonly string[]): Promise<number> {
  const items = skus.map((sku) => ({ sku, quantity: 1 }));
  return (await warehouse.post('/reservations', { orderId, items })).status;
}

function lockOf(sku: string): string {
  return `select from stock where sku = '${sku}' for update`;
}

import type { ShopPromise, Visit } from '../shop-promise.ts';
import { fillBasket, idOf } from './fill-basket.ts';

/** An order is paid, written down, reserved, confirmed, rewarded, counted, audited and sent. */
export const ordersArePlaced: ShopPromise = {
  title: 'orders are placed and everything that follows is done',
  async check(visit) {
    const { shop, rows, expect } = visit;
    const basketId = await fillBasket(visit, { 'R-RAMBOUILLET': 1 });
    await shop.post(`/baskets/${basketId}/items`, { sku: 'D-DONEGAL-MOSS', quantity: 50 });
    await shop.post(`/baskets/${basketId}/items`, { sku: 'D-DONEGAL-MOSS', quantity: 12 });
    const placed = await shop.post('/orders', { basketId, email, card: 'tok_ok' });
    const id = idOf(placed);
    const sums = { subtotal: 62 * 890 + 1190, discount: 0, shipping: 0, vat: 9000, total: 56370 };
    const items = [
      { sku: 'D-DONEGAL-MOSS', name: 'Donegal Moss', quantity: 62, cents: 890 },
      { sku: 'R-RAMBOUILLET', name: 'Rambouillet', quantity: 1, cents: 1190 },
    ];
    expect('POST /orders', placed, { status: 201, body: { id: /^P-1\d{5}$/, state: 'placed', items, ...sums } });
    expect(
      'rows of order_items',
      await rows('select sku, quantity, cents from order_items where order_id = $1 order by sku', id),
      items.map(({ sku, quantity, cents }) => ({ sku, quantity, cents })),
    );
    expect('rows of baskets', await rows('select order_id from baskets where id = $1', basketId), [{ order_id: id }]);
    expect(
      'rows of payment_attempts',
      await rows('select attempt, state from payment_attempts where order_id = $1', id),
      [{ attempt: 1, state: 'approved' }],
    );
    expect('rows of charges', await rows('select amount, state, reason from charges where reference = $1', id), [
      { amount: 56370, state: 'approved', reason: null },
    ]);
    expect(
      'rows of reservations',
      await rows('select sku, lot, quantity from reservations where order_id = $1 order by id', id),
      [
        { sku: 'D-DONEGAL-MOSS', lot: 'L1', quantity: 60 },
        { sku: 'D-DONEGAL-MOSS', lot: 'L2', quantity: 2 },
        { sku: 'R-RAMBOUILLET', lot: 'L1', quantity: 1 },
      ],
    );
    expect('rows of stock', await rows(`select lot, on_hand from stock where sku = 'D-DONEGAL-MOSS' order by lot`), [
      { lot: 'L1', on_hand: 0 },
      { lot: 'L2', on_hand: 58 },
      { lot: 'L3', on_hand: 60 },
    ]);
    await expectAftermath(visit, id);
    expect('GET /orders/:id', await shop.get(`/orders/${id}`), {
      status: 200,
      body: { id, state: 'dispatched', items, ...sums },
    });
    expect('GET /orders/P-1', await shop.get('/orders/P-1'), { status: 404, body: { error: 'no such order' } });
  },
};

async function expectAftermath({ rowsOnce, expect }: Visit, id: string): Promise<void> {
  const mails = await rowsOnce(2, 'select kind, recipient, message from mails where order_id = $1 order by kind', id);
  expect(
    'rows of mails',
    mails.map(({ kind, recipient }) => ({ kind, recipient })),
    [
      { kind: 'confirmation', recipient: email },
      { kind: 'notice', recipient: email },
    ],
  );
  const subjects = mails.map(({ message }) => JSON.parse(String(message)).subject);
  expect('subjects of the mails', subjects, [`Your order ${id}`, `On its way: ${id}`]);
  expect(
    'rows of loyalty_ledger',
    await rowsOnce(1, 'select email, points from loyalty_ledger where order_id = $1', id),
    [{ email, points: 563 }],
  );
  expect('rows of loyalty_points', await rowsOnce(1, 'select points from loyalty_points where email = $1', email), [
    { points: 563 },
  ]);
  const items = [
    { sku: 'D-DONEGAL-MOSS', quantity: 62 },
    { sku: 'R-RAMBOUILLET', quantity: 1 },
  ];
  for (const table of ['bestseller_events', 'pick_list']) {
    const written = await rowsOnce(2, `select sku, quantity from ${table} where order_id = $1 order by sku`, id);
    expect(`rows of ${table}`, written, items);
  }
  expect('rows of audit_log', await rowsOnce(1, 'select entry, seal from audit_log where order_id = $1', id), [
    { entry: 'order placed, total 56370', seal: /^[0-9a-f]{32}$/ },
  ]);
  const counted = `select kind from audit_counters where entries >= (select count(*) from audit_log where id <=
    (select id from audit_log where order_id = $1))`;
  expect('rows of audit_counters', await rowsOnce(1, counted, id), [{ kind: 'orders' }]);
  const done = await rowsOnce(
    1,
    `select kind, attempts from jobs where payload->>'orderId' = $1 and state = 'done'`,
    id,
  );
  expect('rows of jobs', done, [{ kind: 'dispatch-notice', attempts: 1 }]);
}

const email = 'nora@example.com';

import type { ShopPromise, Visit } from '../shop-promise.ts';
import { fillBasket, idOf } from './fill-basket.ts';

/** An order is paid, written down, reserved, confirmed, rewarded, counted, audited and sent. */
export const ordersArePlaced: ShopPromise = {
  title: 'orders are placed and everything that follows is done',
  async check(visit) {
    const { shop, rows, rowsOnce, expect } = visit;
    const placed = await placeOrder(visit);
    const id = idOf(placed);
    expect('POST /orders', placed, { status: 201, body: { id: /^P-1\d{5}$/, state: 'placed', items, ...sums } });
    for (const [what, sql, expected] of writtenAtOnce) expect(`rows of ${what}`, await rows(sql, id), expected);
    for (const [what, sql, expected] of writtenSoon) {
      expect(`rows of ${what}`, await rowsOnce(expected.length, sql, id), expected);
    }
    const mails = await rows('select message from mails where order_id = $1 order by kind', id);
    const subjects = mails.map(({ message }) => JSON.parse(String(message)).subject);
    expect('subjects of the mails', subjects, [`Your order ${id}`, `On its way: ${id}`]);
    const shown = { status: 200, body: { id, state: 'dispatched', items, ...sums } };
    expect('GET /orders/:id', await shop.get(`/orders/${id}`), shown);
    expect('GET /orders/P-1', await shop.get('/orders/P-1'), { status: 404, body: { error: 'no such order' } });
  },
};

/** More of one yarn than one lot has and than one request may ask for. */
async function placeOrder(visit: Visit) {
  const basketId = await fillBasket(visit, { 'R-RAMBOUILLET': 1, 'D-DONEGAL-MOSS': 50 });
  await visit.shop.post(`/baskets/${basketId}/items`, { sku: 'D-DONEGAL-MOSS', quantity: 12 });
  return visit.shop.post('/orders', { basketId, email, card: 'tok_ok' });
}

const email = 'nora@example.com';
const items = [
  { sku: 'D-DONEGAL-MOSS', name: 'Donegal Moss', quantity: 62, cents: 890 },
  { sku: 'R-RAMBOUILLET', name: 'Rambouillet', quantity: 1, cents: 1190 },
];
const sums = { subtotal: 62 * 890 + 1190, discount: 0, shipping: 0, vat: 9000, total: 56370 };
const quantities = items.map(({ sku, quantity }) => ({ sku, quantity }));

/** What is looked at, how, and what it must be; `$1` is the order's id. */
type ExpectedRows = readonly [what: string, sql: string, rows: readonly Readonly<Record<string, unknown>>[]];

const writtenAtOnce: readonly ExpectedRows[] = [
  [
    'order_items',
    'select sku, quantity, cents from order_items where order_id = $1 order by sku',
    items.map(({ sku, quantity, cents }) => ({ sku, quantity, cents })),
  ],
  ['baskets', 'select count(*)::int as ordered from baskets where order_id = $1', [{ ordered: 1 }]],
  [
    'payment_attempts',
    'select attempt, state from payment_attempts where order_id = $1',
    [{ attempt: 1, state: 'approved' }],
  ],
  [
    'charges',
    'select amount, state, reason from charges where reference = $1',
    [{ amount: 56370, state: 'approved', reason: null }],
  ],
  [
    'reservations',
    'select sku, lot, quantity from reservations where order_id = $1 order by id',
    [
      { sku: 'D-DONEGAL-MOSS', lot: 'L1', quantity: 60 },
      { sku: 'D-DONEGAL-MOSS', lot: 'L2', quantity: 2 },
      { sku: 'R-RAMBOUILLET', lot: 'L1', quantity: 1 },
    ],
  ],
  [
    'stock',
    `select lot, on_hand from stock where sku = 'D-DONEGAL-MOSS' and $1 <> '' order by lot`,
    [
      { lot: 'L1', on_hand: 0 },
      { lot: 'L2', on_hand: 58 },
      { lot: 'L3', on_hand: 60 },
    ],
  ],
];

const writtenSoon: readonly ExpectedRows[] = [
  [
    'mails',
    'select kind, recipient from mails where order_id = $1 order by kind',
    [
      { kind: 'confirmation', recipient: email },
      { kind: 'notice', recipient: email },
    ],
  ],
  ['loyalty_ledger', 'select email, points from loyalty_ledger where order_id = $1', [{ email, points: 563 }]],
  [
    'loyalty_points',
    'select p.points from loyalty_points p join loyalty_ledger l using (email) where l.order_id = $1',
    [{ points: 563 }],
  ],
  ['bestseller_events', 'select sku, quantity from bestseller_events where order_id = $1 order by sku', quantities],
  ['pick_list', 'select sku, quantity from pick_list where order_id = $1 order by sku', quantities],
  [
    'audit_log',
    'select entry, seal from audit_log where order_id = $1',
    [{ entry: 'order placed, total 56370', seal: /^[0-9a-f]{32}$/ }],
  ],
  [
    'audit_counters',
    `select kind from audit_counters where entries >=
       (select count(*) from audit_log where id <= (select id from audit_log where order_id = $1))`,
    [{ kind: 'orders' }],
  ],
  [
    'jobs',
    `select kind, attempts from jobs where payload->>'orderId' = $1 and state = 'done'`,
    [{ kind: 'dispatch-notice', attempts: 1 }],
  ],
];

import { defineStage } from '../../workshop/stages/define-stage.ts';

export const stage = defineStage({
  title: 'You dare',
  minutes: 35,
  goal: 'The checkout is untangled: no query in a loop, everything that a price needs asked at the same time, each part in its place; and nobody notices but for the time.',
  processes: ['shop', 'warehouse', 'payments', 'worker'],
  startFinding: 'wrong-count',
  edit: [
    'shop/checkout.ts: one query for all kinds of yarn, one insert for all lines; then its parts move out',
    'shop/pricing.ts, shop/payment.ts, shop/placing.ts (new): what each part does, below its span',
  ],
  hints: [
    'Do not begin with the moving. Make it quick where it stands, save, and move what is green.',
    'All rows at once: `select * from yarns where sku = any($1)` with a list for `$1`. The newest price of each: `select distinct on (sku) sku, cents from prices where sku = any($1) order by sku, valid_from desc`.',
    'Many rows in one insert: `insert into order_items … select $1, * from unnest($2::text[], $3::integer[], $4::integer[])`, each `$` a list.',
    'At the same time: `const [yarns, prices, …] = await Promise.all([replica.query(…), replica.query(…), …])`. By the pool: a single client takes one question after the other, whoever asks.',
    "A part is a function that draws its span and does its work within: `return tracer.startActiveSpan('price basket', async (span) => { try { … } finally { span.end() } })`.",
    '`place order` goes round the transaction, from `db.connect()` to `client.release()`. What was in one transaction stays in one: on one client, the reservation too, in between.',
  ],
  retires: [
    {
      check: 'queries-of-a-checkout',
      reason: 'It names the queries of the checkout one by one, and which there are is up to you now.',
    },
    { check: 'pricing-is-a-staircase', reason: 'The staircase is gone: that was the point.' },
    {
      check: 'parts-across-services',
      reason:
        '`reserve stock` is a part of `place order` now. The check of this stage asks for the same parts and outcomes, however deep they are.',
    },
  ],
  notice:
    'The same customers, the same answers, the same rows; and of eleven round trips for a price, one is left. What takes time now is the card, and the warehouse.',
});

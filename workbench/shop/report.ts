// The report. Opened once a week by Gudrun, who says it is fine.
import { replica } from '../lib/db.ts';

export async function adminReport(req, res) {
  const states = {};
  const orders = await replica.query('select * from orders order by id');
  const perSku = {};
  let revenue = 0;
  for (const order of orders.rows) {
    states[order.state] = (states[order.state] || 0) + 1;
    if (order.state === 'cancelled') continue;
    revenue += order.total;
    const items = await replica.query('select * from order_items where order_id = $1', [order.id]);
    for (const item of items.rows) {
      if (!perSku[item.sku]) perSku[item.sku] = { quantity: 0, cents: 0 };
      perSku[item.sku].quantity += item.quantity;
      perSku[item.sku].cents += item.quantity * item.cents;
    }
  }
  const top = [];
  for (const sku of Object.keys(perSku)) {
    const yarn = await replica.query('select name from yarns where sku = $1', [sku]);
    const stock = await replica.query('select coalesce(sum(on_hand), 0) as n from stock where sku = $1', [sku]);
    top.push({ sku, name: yarn.rows[0].name, ...perSku[sku], inStock: stock.rows[0].n });
  }
  top.sort((a, b) => b.quantity - a.quantity || (a.sku < b.sku ? -1 : 1));
  const mails = await replica.query('select kind, count(*) as n from mails group by kind');
  const sent = { confirmation: 0, notice: 0 };
  for (const row of mails.rows) sent[row.kind] = row.n;
  res.json({ orders: states, revenue, top: top.slice(0, 10), mails: sent });
}

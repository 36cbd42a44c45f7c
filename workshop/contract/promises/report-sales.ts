import type { ShopPromise } from '../shop-promise.ts';

/** Gudrun's report on the orders of the old shop. */
export const reportKnowsOldOrders: ShopPromise = {
  title: 'the report knows the old orders',
  async check({ shop, expect }) {
    const { status, body } = await shop.get('/admin/report');
    expect('GET /admin/report, status', status, 200);
    expect('GET /admin/report', summaryOf(body), {
      orders: { cancelled: 4, dispatched: 36 },
      revenue: 75240,
      first: { sku: 'C-COTTON-ECRU', name: 'Cotton Ecru', quantity: 5, cents: 4950, inStock: 180 },
      mails: { confirmation: 0, notice: 0 },
    });
  },
};

/** The report adds up, whatever was sold since. */
export const reportAddsUp: ShopPromise = {
  title: 'the report adds up',
  async check({ shop, rows, rowsOnce, expect }) {
    expect('jobs and mails that are due', await rowsOnce(1, nothingIsDue), [{ due: 0 }]);
    const { body } = await shop.get('/admin/report');
    const [sums] = await rows(sumsOfSales);
    const { orders, revenue, mails } = summaryOf(body);
    expect('GET /admin/report', { orders, revenue, mails }, sums);
    const top = listOf(body, 'top');
    expect('GET /admin/report, top', top, await rows(topTen));
  },
};

/** The nightly report is queued for the worker. */
export const nightlyReportIsQueued: ShopPromise = {
  title: 'the nightly report is queued',
  async check({ shop, rows, expect }) {
    const queued = await shop.post('/admin/nightly-report');
    expect('POST /admin/nightly-report, status', queued.status, 202);
    const jobs = await rows(`select id as "jobId" from jobs where kind = 'nightly-report'`);
    expect('POST /admin/nightly-report', queued.body, jobs[0]);
  },
};

function summaryOf(body: unknown) {
  const report = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  return { orders: report.orders, revenue: report.revenue, first: listOf(body, 'top')[0], mails: report.mails };
}

function listOf(body: unknown, key: string): readonly unknown[] {
  const list = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[key] : undefined;
  return Array.isArray(list) ? list : [];
}

const nothingIsDue = `
  select 0 as due
  where not exists (select from jobs where state = 'queued' and run_at < now() + interval '1 day')
    and not exists (
      select from orders o where o.basket_id is not null
        and not exists (select from mails m where m.order_id = o.id and m.kind = 'confirmation'))`;

const sumsOfSales = `
  select (select json_object_agg(state, n) from (select state, count(*) as n from orders group by state) s) as orders,
    (select sum(total)::int from orders where state <> 'cancelled') as revenue,
    (select json_object_agg(kind, n) from (select kind, count(*) as n from mails group by kind) m) as mails`;

const topTen = `
  select i.sku, y.name, sum(i.quantity)::int as quantity, sum(i.quantity * i.cents)::int as cents,
    (select sum(s.on_hand)::int from stock s where s.sku = i.sku) as "inStock"
  from order_items i join yarns y on y.sku = i.sku join orders o on o.id = i.order_id
  where o.state <> 'cancelled'
  group by i.sku, y.name order by quantity desc, i.sku collate "C" limit 10`;

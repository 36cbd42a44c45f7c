import { metrics, trace } from '@opentelemetry/api'
import { db, replica } from '../lib/db.ts'
import { call } from '../lib/http-client.ts'
import { log } from '../lib/log.ts'

// support wants to see who looks at which order, and whether they are regulars (lw)
const tracer = trace.getTracer('shop')
const looks = metrics.getMeter('shop').createCounter('purl.order.looks', { unit: '{look}' })

export async function showOrder(req, res) {
  const span = tracer.startSpan('show order')
  res.on('close', () => span.end())
  const found = await replica.query('select * from orders where id = $1', [req.params.id])
  const order = found.rows[0]
  if (!order) return res.status(404).json({ error: 'no such order' })
  const regular = await replica.query('select count(*) as n from orders where email = $1', [order.email])
  span.setAttributes({ 'purl.order.id': order.id, 'purl.customer.orders': regular.rows[0].n })
  looks.add(1)
  log.info('order ' + order.id + ' shown')
  const items = await replica.query('select * from order_items where order_id = $1 order by sku', [order.id])
  const lines = []
  for (const item of items.rows) {
    const yarn = await replica.query('select name from yarns where sku = $1', [item.sku])
    lines.push({ sku: item.sku, name: yarn.rows[0].name, quantity: item.quantity, cents: item.cents })
  }
  res.json({
    id: order.id,
    state: order.state,
    items: lines,
    subtotal: order.subtotal,
    discount: order.discount,
    shipping: order.shipping,
    vat: order.vat,
    total: order.total,
  })
}

export async function cancelOrder(req, res) {
  const id = req.params.id
  const found = await replica.query('select state from orders where id = $1', [id])
  if (found.rows.length === 0) return res.status(404).json({ error: 'no such order' })
  // one statement, so that two tabs can't both get the money back
  const cancelled = await db.query(
    `update orders set state = 'cancelled' where id = $1 and state = 'placed' returning total`, [id])
  if (cancelled.rows.length === 0) {
    const now = await replica.query('select state from orders where id = $1', [id])
    return res.status(409).json({ error: 'order is already ' + now.rows[0].state })
  }
  await call('DELETE', process.env.WAREHOUSE_URL + '/reservations/' + id)
  const refund: any = await call('POST', process.env.PAYMENTS_URL + '/refunds', { reference: id })
  if (refund.status !== 201) log.error('refund failed, somebody do it by hand')
  log.info('order ' + id + ' cancelled')
  res.json({ id, state: 'cancelled', refunded: refund.status === 201 ? refund.body.amount : 0 })
}

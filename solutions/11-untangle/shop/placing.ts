// Writes an order down and gets the yarn from the warehouse.
import { SpanStatusCode, trace } from '@opentelemetry/api'
import { db } from '../lib/db.ts'
import { call } from '../lib/http-client.ts'
import { sendJob } from '../lib/jobs.ts'

const tracer = trace.getTracer('shop')

export function placeOrder(order, payment, handDyed) {
  return tracer.startActiveSpan('place order', async (span) => {
    try {
      return await inTransaction((client) => writeAndReserve(client, order, payment, handDyed))
    } catch (err) {
      span.setStatus({ code: SpanStatusCode.ERROR })
      throw err
    } finally {
      span.end()
    }
  })
}

// All in one transaction: if the warehouse says no, the order was never there. Gives the sku that is sold out, if one is.
async function inTransaction(work) {
  const client = await db.connect()
  try {
    await client.query('begin')
    const soldOut = await work(client)
    await client.query(soldOut ? 'rollback' : 'commit')
    return soldOut
  } catch (err) {
    await client.query('rollback').catch(() => {})
    throw err
  } finally {
    client.release()
  }
}

async function writeAndReserve(client, order, payment, handDyed) {
  await writeOrder(client, order, payment)
  const reservation = await reserveStock(order)
  if (reservation.status === 409) return reservation.body.sku
  if (reservation.status !== 201) throw new Error('warehouse said ' + reservation.status)
  await finishOrder(client, order, handDyed)
}

async function writeOrder(client, order, payment) {
  await client.query(
    `insert into orders (id, basket_id, email, subtotal, discount, shipping, vat, total)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      order.id,
      order.basketId,
      order.email,
      order.subtotal,
      order.discount,
      order.shipping,
      order.vat,
      order.total,
    ],
  )
  await client.query(
    `insert into order_items (order_id, sku, quantity, cents)
     select $1, * from unnest($2::text[], $3::integer[], $4::integer[])`,
    [
      order.id,
      order.items.map((item) => item.sku),
      order.items.map((item) => item.quantity),
      order.items.map((item) => item.cents),
    ],
  )
  await client.query(
    `update payment_attempts set state = 'approved' where order_id = $1 and attempt = $2`,
    [order.id, payment.attempt],
  )
}

async function finishOrder(client, order, handDyed) {
  await client.query('update baskets set order_id = $2 where id = $1', [order.basketId, order.id])

  // hand-dyed skeins are dyed when they are ordered, so that notice goes out later
  await sendJob('dispatch-notice', { orderId: order.id }, (payload) => client.query(
    `insert into jobs (kind, payload, run_at)
     values ('dispatch-notice', $1, now() + $2 * interval '1 day') returning id`,
    [payload, handDyed ? 3 : 0],
  ))
}

function reserveStock(order): Promise<any> {
  return tracer.startActiveSpan('reserve stock', (span) => call('POST', process.env.WAREHOUSE_URL + '/reservations', {
    orderId: order.id,
    items: order.items.map((item) => ({ sku: item.sku, quantity: item.quantity })),
  }).finally(() => span.end()))
}

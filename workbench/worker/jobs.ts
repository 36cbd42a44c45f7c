import nodemailer from 'nodemailer'
import { db } from '../lib/db.ts'
import { log } from '../lib/log.ts'

const transport = nodemailer.createTransport({ jsonTransport: true })

export async function sendDispatchNotice(payload) {
  const found = await db.query('select * from orders where id = $1', [payload.orderId])
  const order = found.rows[0]
  if (!order) throw new Error('order is gone')
  if (order.state !== 'placed') return // cancelled in the meantime
  const mail = await transport.sendMail({
    from: 'packing@purl.example',
    to: order.email,
    subject: 'On its way: ' + order.id,
    text: 'Your yarn has left the house.',
  })
  const sent = await db.query(`update orders set state = 'dispatched' where id = $1 and state = 'placed'`, [order.id])
  if (sent.rowCount === 0) return
  await db.query('insert into mails (order_id, kind, recipient, message) values ($1, $2, $3, $4)', [
    order.id,
    'notice',
    order.email,
    mail.message,
  ])
  log.info('notice sent')
}

export async function restock(payload) {
  // newest lot gets it
  const done = await db.query(
    `update stock set on_hand = on_hand + $2
     where sku = $1 and lot = (select max(lot) from stock where sku = $1)`, [payload.sku, payload.quantity])
  if (done.rowCount === 0) throw new Error('no such sku')
  await db.query('update yarns set almost_gone = false where sku = $1', [payload.sku])
  await db.query('insert into stock_movements (sku, quantity, reason) values ($1, $2, $3)', [
    payload.sku,
    payload.quantity,
    'restock',
  ])
  log.info('restocked')
}

import { context, metrics, propagation, trace } from '@opentelemetry/api'
import { db, replica } from '../lib/db.ts'
import { log } from '../lib/log.ts'
import * as bus from '../lib/bus.ts'
import { chargeCard, refundCharge } from './payment.ts'
import { placeOrder } from './placing.ts'
import { priceBasket } from './pricing.ts'
import { sendConfirmationLater } from './outbox.ts'
import { awardPointsLater } from './loyalty.ts'
import { writeAudit } from './audit.ts'

const duration = metrics.getMeter('shop').createHistogram('purl.checkout.duration', {
  unit: 's',
  advice: { explicitBucketBoundaries: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] },
})

// baskets that are at the till right now (people double click)
const atTheTill = new Set()

// One function on purpose: you can read a checkout from top to bottom. (mb, 2018)
// And you can again: each part has its file, and its span.
export async function checkout(req, res) {
  const started = performance.now()
  res.on('finish', () => {
    const failed = res.statusCode >= 500 ? { 'error.type': String(res.statusCode) } : {}
    duration.record((performance.now() - started) / 1000, failed)
  })

  // ---- 1. is this an order at all

  const basketId = req.body?.basketId
  const email = req.body?.email
  const card = req.body?.card
  if (typeof basketId !== 'string' || basketId === '') {
    return res.status(422).json({ error: 'basketId is missing' })
  }
  if (typeof email !== 'string' || !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) {
    return res.status(422).json({ error: 'email is not an email address' })
  }
  // the app of 2019 sends "token", and some people never update
  const token = card ?? req.body?.token
  if (typeof token !== 'string' || !token.startsWith('tok_')) {
    return res.status(422).json({ error: 'card must be a card token' })
  }
  if (atTheTill.has(basketId)) {
    return res.status(409).json({ error: 'basket is being ordered' })
  }
  atTheTill.add(basketId)
  res.on('close', () => atTheTill.delete(basketId))

  const baskets = await replica.query('select * from baskets where id = $1', [basketId])
  const basket = baskets.rows[0]
  if (!basket) {
    return res.status(404).json({ error: 'no such basket' })
  }
  if (basket.order_id) {
    return res.status(409).json({ error: 'basket was already ordered' })
  }
  const basketItems = await replica.query('select * from basket_items where basket_id = $1 order by sku', [basketId])
  if (basketItems.rows.length === 0) {
    return res.status(422).json({ error: 'basket is empty' })
  }

  // ---- 2. what does it cost

  const { items, handDyed, ...sums } = await priceBasket(basketItems.rows)

  // the number is taken here and not at the insert because payments wants a reference.
  // so there are gaps when cards are declined. the tax office knows.
  const numbers = await replica.query(`select nextval('order_no') as n`)
  const order = {
    id: 'P-' + numbers.rows[0].n,
    basketId,
    email,
    items,
    ...sums,
  }

  trace.getActiveSpan()?.setAttribute('purl.order.id', order.id)
  const luggage = propagation.createBaggage({ 'purl.order.id': { value: order.id } })
  const withOrder = propagation.setBaggage(context.active(), luggage)

  // ---- 3. money first

  const payment = await context.with(withOrder, () => chargeCard(order, token))

  if (!payment) {
    log.error('payment failed, giving up')
    return res.status(502).json({ error: 'payment is not available, please try again later' })
  }
  if (payment.status === 'declined') {
    await db.query(
      `update payment_attempts set state = 'declined' where order_id = $1 and attempt = $2`,
      [order.id, payment.attempt],
    )
    log.info('card declined')
    return res.status(402).json({ error: 'card declined', reason: payment.reason })
  }

  // ---- 4. write it down and get the yarn from the warehouse

  const soldOut = await context.with(withOrder, () => placeOrder(order, payment, handDyed))

  if (soldOut) {
    log.info('out of stock at checkout')
    await refundCharge(order)
    return res.status(409).json({ error: 'out of stock', sku: soldOut })
  }

  // ---- 5. and everything that should not keep the customer waiting

  sendConfirmationLater(order)
  awardPointsLater(order)
  bus.publish({ type: 'order-placed', order })
  writeAudit(order)

  log.info('order ' + order.id + ' placed')

  res.status(201).json({
    id: order.id,
    state: 'placed',
    items: order.items,
    subtotal: order.subtotal,
    discount: order.discount,
    shipping: order.shipping,
    vat: order.vat,
    total: order.total,
  })
}

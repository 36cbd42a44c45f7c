import { context, metrics, propagation, SpanStatusCode, trace } from '@opentelemetry/api'
import { db, replica } from '../lib/db.ts'
import { call } from '../lib/http-client.ts'
import { sendJob } from '../lib/jobs.ts'
import { log } from '../lib/log.ts'
import * as bus from '../lib/bus.ts'
import { sendConfirmationLater } from './outbox.ts'
import { awardPointsLater } from './loyalty.ts'
import { writeAudit } from './audit.ts'

const PAYMENT_TIMEOUT = 2000
const PAYMENT_TRIES = 3
const tracer = trace.getTracer('shop')
const duration = metrics.getMeter('shop').createHistogram('purl.checkout.duration', {
  unit: 's',
  advice: { explicitBucketBoundaries: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] },
})

// baskets that are at the till right now (people double click)
const atTheTill = new Set()

// One function on purpose: you can read a checkout from top to bottom. (mb, 2018)
// It was 60 lines then. (mb, 2023)
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

  const pricing = tracer.startSpan('price basket')
  const items = []
  let subtotal = 0
  let discount = 0
  let grams = 0
  let handDyed = false

  for (const basketItem of basketItems.rows) {
    const yarns = await replica.query('select * from yarns where sku = $1', [basketItem.sku])
    const yarn = yarns.rows[0]

    const prices = await replica.query(
      'select cents from prices where sku = $1 order by valid_from desc limit 1',
      [basketItem.sku],
    )
    const cents = prices.rows[0].cents

    const discounts = await replica.query('select * from discounts where sku = $1', [basketItem.sku])
    for (const offer of discounts.rows) {
      if (offer.kind === 'percent') {
        // per skein and rounded down, or the till in the shop says something else
        discount += Math.floor((cents * offer.value) / 100) * basketItem.quantity
      } else if (offer.kind === 'three-for-two') {
        discount += Math.floor(basketItem.quantity / 3) * cents
      } else {
        log.warn('unknown kind of discount')
      }
    }

    subtotal += cents * basketItem.quantity
    grams += yarn.grams * basketItem.quantity
    if (yarn.hand_dyed) {
      handDyed = true
    }
    items.push({
      sku: basketItem.sku,
      name: yarn.name,
      quantity: basketItem.quantity,
      cents,
    })
  }

  const goods = subtotal - discount

  const freeFrom = await replica.query(`select value from settings where name = 'free_shipping_from'`)
  let shipping = 0
  if (goods < Number(freeFrom.rows[0].value)) {
    const rates = await replica.query('select * from shipping_rates order by max_grams')
    for (const rate of rates.rows) {
      if (grams <= rate.max_grams) {
        shipping = rate.cents
        break
      }
    }
  }

  // vat is in the prices, this is only for the invoice
  const vatPercent = await replica.query(`select value from settings where name = 'vat_percent'`)
  const percent = Number(vatPercent.rows[0].value)
  const total = goods + shipping
  const vat = Math.round((total * percent) / (100 + percent))
  pricing.setAttribute('purl.basket.items', items.length).end()

  // the number is taken here and not at the insert because payments wants a reference.
  // so there are gaps when cards are declined. the tax office knows.
  const numbers = await replica.query(`select nextval('order_no') as n`)
  const order = {
    id: 'P-' + numbers.rows[0].n,
    basketId,
    email,
    items,
    subtotal,
    discount,
    shipping,
    vat,
    total,
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
  //
  // All in one transaction: if the warehouse says no, the order was never there.

  const client = await db.connect()
  await client.query('begin')

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
  for (const item of order.items) {
    await client.query(
      'insert into order_items (order_id, sku, quantity, cents) values ($1, $2, $3, $4)',
      [order.id, item.sku, item.quantity, item.cents],
    )
  }
  await client.query(
    `update payment_attempts set state = 'approved' where order_id = $1 and attempt = $2`,
    [order.id, payment.attempt],
  )

  const reserving = tracer.startSpan('reserve stock')
  const reservation = await context.with(trace.setSpan(withOrder, reserving), () => reserveStock(order)).finally(() => reserving.end())

  if (reservation.status === 409) {
    await client.query('rollback')
    client.release()
    log.info('out of stock at checkout')
    await refundCharge(order)
    return res.status(409).json({ error: 'out of stock', sku: reservation.body.sku })
  }
  if (reservation.status !== 201) {
    throw new Error('warehouse said ' + reservation.status)
  }

  await client.query('update baskets set order_id = $2 where id = $1', [order.basketId, order.id])

  // hand-dyed skeins are dyed when they are ordered, so that notice goes out later
  await sendJob('dispatch-notice', { orderId: order.id }, (payload) => client.query(
    `insert into jobs (kind, payload, run_at)
     values ('dispatch-notice', $1, now() + $2 * interval '1 day') returning id`,
    [payload, handDyed ? 3 : 0],
  ))

  await client.query('commit')
  client.release()

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

// Null when payments has not answered in three tries.
async function chargeCard(order, card) {
  for (let attempt = 1; attempt <= PAYMENT_TRIES; attempt++) {
    let late = false
    let timer
    const timeout = new Promise((resolve) => {
      timer = setTimeout(() => {
        late = true
        resolve(null)
      }, PAYMENT_TIMEOUT)
    })
    const attemptCharge = async () => {
      await db.query('insert into payment_attempts (order_id, attempt) values ($1, $2)', [order.id, attempt])
      // they have been told that it failed, do not take their money now. (that was a week, mb)
      if (late) return null
      return callPayments(order, card)
    }
    const charging = attemptCharge()
    charging.catch(() => {}) // may fail long after we stopped looking
    const answer: any = await Promise.race([charging, timeout])
    clearTimeout(timer)
    if (answer) return { ...answer, attempt }
    log.warn('payment gateway timeout, retrying')
  }
  return null
}

async function callPayments(order, card) {
  const span = tracer.startSpan('charge card')
  const answer: any = await context.with(trace.setSpan(context.active(), span), () => call('POST', process.env.PAYMENTS_URL + '/charges', {
    reference: order.id,
    amount: order.total,
    card,
  })).catch((err) => { span.setStatus({ code: SpanStatusCode.ERROR }).end(); throw err })
  span.setAttribute('purl.payment.outcome', answer.body.status).end()
  if (answer.status !== 200) throw new Error('payments said ' + answer.status)
  return answer.body
}

async function reserveStock(order): Promise<any> {
  return call('POST', process.env.WAREHOUSE_URL + '/reservations', {
    orderId: order.id,
    items: order.items.map((item) => ({ sku: item.sku, quantity: item.quantity })),
  })
}

async function refundCharge(order) {
  const answer: any = await call('POST', process.env.PAYMENTS_URL + '/refunds', { reference: order.id })
  if (answer.status !== 201) log.error('refund failed, somebody do it by hand')
}

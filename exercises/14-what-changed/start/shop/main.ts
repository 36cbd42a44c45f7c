import { context, propagation } from '@opentelemetry/api'
import express from 'express'
import { db } from '../lib/db.ts'
import { subscribe } from '../lib/bus.ts'
import { sendJob } from '../lib/jobs.ts'
import { log } from '../lib/log.ts'
import { listYarns, showYarn } from './catalogue.ts'
import { addItem, createBasket, showBasket } from './baskets.ts'
import { checkout } from './checkout.ts'
import { cancelOrder, showOrder } from './orders.ts'
import { adminReport } from './report.ts'
import { meetSheep } from './sheep.ts'

const BUILD = '4127'

const app = express()
app.use(express.json())
// what strangers carry in their baggage goes no further
app.use((req, res, next) => context.with(propagation.deleteBaggage(context.active()), next))
app.use(accessLog)

app.get('/healthz', (req, res) => res.send('ok'))
app.get('/yarns', listYarns)
app.get('/yarns/:slug', showYarn)
app.get('/yarns/:slug/sheep', meetSheep)
app.post('/baskets', createBasket)
app.post('/baskets/:id/items', addItem)
app.get('/baskets/:id', showBasket)
app.post('/orders', checkout)
app.get('/orders/:id', showOrder)
app.post('/orders/:id/cancel', cancelOrder)
app.get('/admin/report', adminReport)
app.post('/admin/restock', queueRestock)
app.post('/admin/nightly-report', queueNightlyReport)

app.use(onError)

subscribe(countBestsellers)
subscribe(writePickList)

app.listen(Number(process.env.PORT), '127.0.0.1', () => log.info('listening, build ' + BUILD))

function accessLog(req, res, next) {
  if (req.path === '/healthz') return next()
  const started = Date.now()
  // method and path only. ids in here upset the log indexer (2020)
  res.on('finish', () => {
    const path = req.route ? req.route.path : req.path
    log.info(req.method + ' ' + path + ' ' + res.statusCode + ' ' + (Date.now() - started) + 'ms')
  })
  next()
}

async function queueRestock(req, res) {
  const { sku, quantity } = req.body || {}
  if (typeof sku !== 'string') return res.status(422).json({ error: 'sku is missing' })
  if (!Number.isInteger(quantity) || quantity < 1) return res.status(422).json({ error: 'quantity must be 1 or more' })
  const job = await sendJob('restock', { sku, quantity }, (payload) =>
    db.query(`insert into jobs (kind, payload) values ('restock', $1) returning id`, [payload]))
  res.status(202).json({ jobId: job.rows[0].id })
}

async function queueNightlyReport(req, res) {
  const job = await sendJob('nightly-report', {}, (payload) =>
    db.query(`insert into jobs (kind, payload) values ('nightly-report', $1) returning id`, [payload]))
  res.status(202).json({ jobId: job.rows[0].id })
}

async function countBestsellers(event) {
  if (event.type !== 'order-placed') return
  for (const item of event.order.items) {
    await db.query(
      `insert into bestsellers (sku, sold) values ($1, $2)
       on conflict (sku) do update set sold = bestsellers.sold + excluded.sold`,
      [item.sku, item.quantity],
    )
    await db.query('insert into bestseller_events (order_id, sku, quantity) values ($1, $2, $3)', [
      event.order.id,
      item.sku,
      item.quantity,
    ])
  }
}

// printed at 6 every morning by the old mac in the packing room
async function writePickList(event) {
  if (event.type !== 'order-placed') return
  for (const item of event.order.items) {
    await db.query('insert into pick_list (order_id, sku, quantity) values ($1, $2, $3)', [
      event.order.id,
      item.sku,
      item.quantity,
    ])
  }
}

function onError(err, req, res, next) {
  if (err.type === 'entity.parse.failed') return res.status(400).json({ error: 'that is not json' })
  log.error(err.message)
  if (res.headersSent) return next(err)
  res.status(500).json({ error: 'something went wrong' })
}

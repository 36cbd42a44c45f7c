// Warehouse. Was going to be its own database, too. (dk)
import express from 'express'
import { db, replica } from '../lib/db.ts'
import { log } from '../lib/log.ts'

const app = express()
app.use(express.json())

app.get('/healthz', (req, res) => res.send('ok'))
app.get('/stock/:sku', showStock)
app.post('/reservations', reserve)
app.delete('/reservations/:orderId', release)

app.use((err, req, res, next) => {
  log.error(err.message)
  res.status(500).json({ error: 'warehouse error' })
})

app.listen(Number(process.env.PORT), '127.0.0.1', () => log.info('listening'))

async function showStock(req, res) {
  const lots = await replica.query('select lot, on_hand from stock where sku = $1 order by lot', [req.params.sku])
  if (lots.rows.length === 0) return res.status(404).json({ error: 'never heard of it' })
  let onHand = 0
  for (const lot of lots.rows) onHand += lot.on_hand
  res.json({ sku: req.params.sku, onHand, lots: lots.rows.length })
}

async function reserve(req, res) {
  const { orderId, items } = req.body || {}
  if (typeof orderId !== 'string' || !Array.isArray(items) || items.length === 0) {
    return res.status(422).json({ error: 'orderId and items please' })
  }
  // always in the same order, two of them deadlocked at easter
  const sorted = [...items].sort((a, b) => (a.sku < b.sku ? -1 : 1))
  const client = await db.connect()
  try {
    await client.query('begin')
    for (const item of sorted) {
      const missing = await takeFromLots(client, orderId, item)
      if (missing > 0) {
        await client.query('rollback')
        log.info('out of stock')
        return res.status(409).json({ error: 'out of stock', sku: item.sku, missing })
      }
      await markAlmostGone(client, item.sku)
    }
    await client.query('commit')
  } catch (err) {
    await client.query('rollback')
    throw err
  } finally {
    client.release()
  }
  log.info('reserved')
  res.status(201).json({ orderId, reserved: sorted.length })
}

// Oldest lot first, so that people get the same dye lot if we can help it.
async function takeFromLots(client, orderId, item) {
  let left = item.quantity
  while (left > 0) {
    const lots = await client.query(
      'select lot, on_hand from stock where sku = $1 and on_hand > 0 order by lot limit 1', [item.sku])
    if (lots.rows.length === 0) return left
    const lot = lots.rows[0]
    const take = Math.min(left, lot.on_hand)
    const taken = await client.query(
      'update stock set on_hand = on_hand - $3 where sku = $1 and lot = $2 and on_hand >= $3',
      [item.sku, lot.lot, take])
    if (taken.rowCount === 0) continue // somebody was faster, look again
    await client.query('insert into reservations (order_id, sku, lot, quantity) values ($1, $2, $3, $4)',
      [orderId, item.sku, lot.lot, take])
    left -= take
  }
  return 0
}

// yarns is the shop's table but this is the place where we know
async function markAlmostGone(client, sku) {
  const left = await client.query('select coalesce(sum(on_hand), 0) as n from stock where sku = $1', [sku])
  if (left.rows[0].n < 5) {
    await client.query('update yarns set almost_gone = true where sku = $1 and not almost_gone', [sku])
  }
}

async function release(req, res) {
  const orderId = req.params.orderId
  const client = await db.connect()
  try {
    await client.query('begin')
    const rows = await client.query('delete from reservations where order_id = $1 returning *', [orderId])
    rows.rows.sort((a, b) => (a.sku + a.lot < b.sku + b.lot ? -1 : 1))
    for (const row of rows.rows) {
      await client.query('update stock set on_hand = on_hand + $3 where sku = $1 and lot = $2',
        [row.sku, row.lot, row.quantity])
      await client.query('update yarns set almost_gone = false where sku = $1', [row.sku])
    }
    await client.query('commit')
    if (rows.rows.length === 0) return res.status(404).json({ error: 'nothing reserved' })
    res.json({ orderId, released: rows.rows.length })
  } catch (err) {
    await client.query('rollback')
    throw err
  } finally {
    client.release()
  }
}

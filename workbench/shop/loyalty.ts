// Knit points: one for every full euro.
import { db } from '../lib/db.ts'
import { log } from '../lib/log.ts'

let batch = []
let timer = null

export function awardPointsLater(order) {
  batch.push({ orderId: order.id, email: order.email, points: Math.floor(order.total / 100) })
  // first one in starts the clock
  if (!timer) timer = setTimeout(flush, 80)
}

async function flush() {
  const entries = batch
  batch = []
  timer = null
  for (const entry of entries) {
    try {
      await awardPoints(entry)
    } catch (err) {
      log.error('loyalty: ' + err.message)
    }
  }
  log.info('loyalty: flushed ' + entries.length)
}

async function awardPoints(entry) {
  await db.query(
    `insert into loyalty_points (email, points) values ($1, $2)
     on conflict (email) do update set points = loyalty_points.points + excluded.points`,
    [entry.email, entry.points],
  )
  await db.query('insert into loyalty_ledger (order_id, email, points) values ($1, $2, $3)', [
    entry.orderId,
    entry.email,
    entry.points,
  ])
}

import { db } from '../lib/db.ts'
import { log } from '../lib/log.ts'

const PAUSE_MS = 50

/** Stock per lot as of tonight, and what moved. For the accountants. */
export async function nightlyReport() {
  log.info('report started')
  const client = await db.connect()
  try {
    await client.query('begin')
    const rows = await client.query('select sku, lot from stock order by sku, lot')
    for (const row of rows.rows) {
      await reportRow(client, row)
      // go easy on the db (jw)
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
    await client.query('commit')
    log.info('report done')
  } catch (err) {
    await client.query('rollback')
    throw err
  } finally {
    client.release()
  }
}

async function reportRow(client, row) {
  // "for update" since the double restock: nothing may move while we count (jw)
  const stock = await client.query('select on_hand from stock where sku = $1 and lot = $2 for update', [
    row.sku,
    row.lot,
  ])
  const reserved = await client.query(
    'select coalesce(sum(quantity), 0) as n from reservations where sku = $1 and lot = $2', [row.sku, row.lot])
  const moved = await client.query(
    'select coalesce(sum(quantity), 0) as n from stock_movements where sku = $1', [row.sku])
  await client.query('insert into stock_reports (sku, lot, on_hand, reserved, restocked) values ($1, $2, $3, $4, $5)', [
    row.sku,
    row.lot,
    stock.rows[0].on_hand,
    reserved.rows[0].n,
    moved.rows[0].n,
  ])
}

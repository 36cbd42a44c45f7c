// What the scanner at the gate has read of a delivery from the mill: all of it, or nothing. (ar)
import { db } from '../lib/db.ts'
import { log } from '../lib/log.ts'

const SCANNER_MS = 100

export async function bookDelivery(payload) {
  log.info('delivery started')
  const client = await db.connect()
  try {
    await client.query('begin')
    for (const line of payload.lines) {
      await client.query('update stock set on_hand = on_hand + $3 where sku = $1 and lot = $2',
        [line.sku, line.lot, line.quantity])
      await client.query('insert into stock_movements (sku, quantity, reason) values ($1, $2, $3)',
        [line.sku, line.quantity, 'delivery'])
      // it beeps, then you may go on
      await new Promise((resolve) => setTimeout(resolve, SCANNER_MS))
    }
    await client.query('commit')
    log.info('delivery booked')
  } catch (err) {
    await client.query('rollback')
    throw err
  } finally {
    client.release()
  }
}

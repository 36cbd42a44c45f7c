// NB: writes go through "replica". It IS the primary, and on black friday 2021 the other
// pool was full all day and nobody could put anything in a basket. (tb)
import { replica } from '../lib/db.ts'
import { currentPrice } from './catalogue.ts'

export async function createBasket(req, res) {
  const made = await replica.query(`insert into baskets (id) values ('B-' || nextval('basket_no')) returning id`)
  res.status(201).json({ id: made.rows[0].id, items: [], subtotal: 0 })
}

export async function showBasket(req, res) {
  const basket = await loadBasket(req.params.id)
  if (!basket) return res.status(404).json({ error: 'no such basket' })
  res.json(basket)
}

export async function addItem(req, res) {
  const sku = req.body?.sku
  const quantity = req.body?.quantity
  if (typeof sku !== 'string') return res.status(422).json({ error: 'sku is missing' })
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > 50) {
    return res.status(422).json({ error: 'quantity must be between 1 and 50' })
  }
  const basket = await replica.query('select * from baskets where id = $1', [req.params.id])
  if (basket.rows.length === 0) return res.status(404).json({ error: 'no such basket' })
  if (basket.rows[0].order_id) return res.status(409).json({ error: 'basket was already ordered' })
  const yarn = await replica.query('select sku from yarns where sku = $1 and listed', [sku])
  if (yarn.rows.length === 0) return res.status(422).json({ error: 'no such yarn' })
  await replica.query(
    `insert into basket_items (basket_id, sku, quantity) values ($1, $2, $3)
     on conflict (basket_id, sku) do update set quantity = basket_items.quantity + excluded.quantity`,
    [req.params.id, sku, quantity],
  )
  res.status(201).json(await loadBasket(req.params.id))
}

// also what the app shows in the little basket icon
async function loadBasket(id) {
  const basket = await replica.query('select * from baskets where id = $1', [id])
  if (basket.rows.length === 0) return null
  const items = await replica.query('select * from basket_items where basket_id = $1 order by sku', [id])
  let subtotal = 0
  const lines = []
  for (const item of items.rows) {
    const cents = await currentPrice(item.sku)
    subtotal += cents * item.quantity
    lines.push({ sku: item.sku, quantity: item.quantity, cents })
  }
  return { id, items: lines, subtotal }
}

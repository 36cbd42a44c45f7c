import { replica } from '../lib/db.ts'
import { call } from '../lib/http-client.ts'
import { log } from '../lib/log.ts'

// the list is slow so we keep it for a bit
let cached = null
let cachedAt = 0
const KEEP_MS = 5000

export async function listYarns(req, res) {
  if (!cached || Date.now() - cachedAt > KEEP_MS) {
    log.info('yarn list is cold, loading')
    cached = await loadYarns()
    cachedAt = Date.now()
  }
  res.json(cached)
}

async function loadYarns() {
  const yarns = await replica.query('select * from yarns where listed order by name')
  const list = []
  for (const yarn of yarns.rows) {
    const price = await currentPrice(yarn.sku)
    // straight from their table. asking the warehouse 24 times was worse (dk)
    const stock = await replica.query('select coalesce(sum(on_hand), 0) as n from stock where sku = $1', [yarn.sku])
    list.push({
      sku: yarn.sku,
      slug: yarn.slug,
      name: yarn.name,
      cents: price,
      inStock: stock.rows[0].n,
      almostGone: yarn.almost_gone,
    })
  }
  return list
}

export async function currentPrice(sku) {
  const price = await replica.query('select cents from prices where sku = $1 order by valid_from desc limit 1', [sku])
  return price.rows[0].cents
}

export async function showYarn(req, res) {
  const found = await replica.query('select * from yarns where slug = $1 and listed', [req.params.slug])
  const yarn = found.rows[0]
  if (!yarn) return res.status(404).json({ error: 'no such yarn' })
  const stock: any = await call('GET', process.env.WAREHOUSE_URL + '/stock/' + yarn.sku)
  res.json({
    sku: yarn.sku,
    slug: yarn.slug,
    name: yarn.name,
    fibre: yarn.fibre,
    grams: yarn.grams,
    handDyed: yarn.hand_dyed,
    cents: await currentPrice(yarn.sku),
    inStock: stock.status === 200 ? stock.body.onHand : null,
  })
}

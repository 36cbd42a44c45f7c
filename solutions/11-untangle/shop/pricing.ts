// What a basket costs. Nothing is changed in here, so it may ask for everything at once.
import { trace } from '@opentelemetry/api'
import { replica } from '../lib/db.ts'
import { log } from '../lib/log.ts'

const tracer = trace.getTracer('shop')

export function priceBasket(basketItems) {
  return tracer.startActiveSpan('price basket', async (span) => {
    span.setAttribute('purl.basket.items', basketItems.length)
    try {
      return addUp(basketItems, await loadPriceList(basketItems.map((item) => item.sku)))
    } finally {
      span.end()
    }
  })
}

// by the pool, each on a connection of its own: one client would take them one by one
async function loadPriceList(skus) {
  const [yarns, prices, discounts, settings, rates] = await Promise.all([
    replica.query('select * from yarns where sku = any($1)', [skus]),
    replica.query(
      'select distinct on (sku) sku, cents from prices where sku = any($1) order by sku, valid_from desc', [skus]),
    replica.query('select * from discounts where sku = any($1)', [skus]),
    replica.query('select name, value from settings'),
    replica.query('select * from shipping_rates order by max_grams'),
  ])
  return {
    yarns: yarns.rows,
    prices: prices.rows,
    discounts: discounts.rows,
    settings: Object.fromEntries(settings.rows.map((row) => [row.name, row.value])),
    rates: rates.rows,
  }
}

function addUp(basketItems, { yarns, prices, discounts, settings, rates }) {
  const items = []
  let subtotal = 0
  let discount = 0
  let grams = 0
  let handDyed = false

  for (const basketItem of basketItems) {
    const yarn = yarns.find((row) => row.sku === basketItem.sku)
    const { cents } = prices.find((row) => row.sku === basketItem.sku)

    for (const offer of discounts.filter((row) => row.sku === basketItem.sku)) {
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

  let shipping = 0
  if (goods < Number(settings.free_shipping_from)) {
    for (const rate of rates) {
      if (grams <= rate.max_grams) {
        shipping = rate.cents
        break
      }
    }
  }

  // vat is in the prices, this is only for the invoice
  const percent = Number(settings.vat_percent)
  const total = goods + shipping
  const vat = Math.round((total * percent) / (100 + percent))
  return { items, handDyed, subtotal, discount, shipping, vat, total }
}

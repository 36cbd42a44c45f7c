// Event bus. "Decoupling!" (ar, hack week 2022)
import { type Context, context, trace } from '@opentelemetry/api'
import { log } from './log.ts'

export type ShopEvent = { type: string; [more: string]: any }
type Listener = (event: ShopEvent) => Promise<void> | void

const tracer = trace.getTracer('shop')
const listeners: Listener[] = []
const queue: { event: ShopEvent; saved: Context }[] = []
let draining = false

export function subscribe(listener: Listener) {
  listeners.push(listener)
}

export function publish(event: ShopEvent) {
  queue.push({ event, saved: context.active() })
  if (draining) return
  draining = true
  // collect a little before draining. ten orders at once were ten bursts of writes
  setTimeout(drain, 50)
}

async function drain() {
  while (queue.length) {
    const { event, saved } = queue.shift()
    await context.with(saved, () => deliver(event))
  }
  draining = false
  log.info('bus: drained')
}

async function deliver(event: ShopEvent) {
  const span = tracer.startSpan('deliver ' + event.type, { attributes: { 'purl.order.id': event.order?.id } })
  for (const listener of listeners) {
    try {
      await listener(event)
    } catch {
      // a broken listener must never break the shop
    }
  }
  span.end()
}

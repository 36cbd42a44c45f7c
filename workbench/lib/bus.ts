// Event bus. "Decoupling!" (ar, hack week 2022)
import { log } from './log.ts'

export type ShopEvent = { type: string; [more: string]: any }
type Listener = (event: ShopEvent) => Promise<void> | void

const listeners: Listener[] = []
const queue: ShopEvent[] = []
let draining = false

export function subscribe(listener: Listener) {
  listeners.push(listener)
}

export function publish(event: ShopEvent) {
  queue.push(event)
  if (draining) return
  draining = true
  // collect a little before draining. ten orders at once were ten bursts of writes
  setTimeout(drain, 50)
}

async function drain() {
  while (queue.length) {
    const event = queue.shift()
    for (const listener of listeners) {
      try {
        await listener(event)
      } catch {
        // a broken listener must never break the shop
      }
    }
  }
  draining = false
  log.info('bus: drained')
}

import { context } from '@opentelemetry/api'

// Questions wait for the next round and are asked together.
export function askInRounds(ask, everyMs) {
  const waiting = []
  setInterval(() => {
    for (const { question, saved, resolve, reject } of waiting.splice(0)) {
      context.with(saved, () => ask(...question).then(resolve, reject))
    }
  }, everyMs)
  return (...question): any => new Promise((resolve, reject) => {
    waiting.push({ question, saved: context.active(), resolve, reject })
  })
}

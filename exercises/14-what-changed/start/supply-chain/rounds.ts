// Questions wait for the next round and are asked together.
export function askInRounds(ask, everyMs) {
  const waiting = []
  setInterval(() => {
    for (const { question, resolve, reject } of waiting.splice(0)) {
      ask(...question).then(resolve, reject)
    }
  }, everyMs)
  return (...question): any => new Promise((resolve, reject) => {
    waiting.push({ question, resolve, reject })
  })
}

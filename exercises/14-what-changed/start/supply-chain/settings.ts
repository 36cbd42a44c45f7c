import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

// what is rolled out by hand on top of the topology, if anything is: a file of the same form
const files = [join(import.meta.dirname, 'topology.yaml'), join(import.meta.dirname, 'quirks.yaml'), process.env.SUPPLY_CHAIN_CHANGE].filter(Boolean)

let read = null
let readAt = ''

// All that is known of one service, as the files say right now.
export function settingsOf(name) {
  const savedAt = files.map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs).join()
  if (savedAt !== readAt) {
    read = files.map((file) => load(file)).reduce(mergeServices)
    readAt = savedAt
  }
  return read[name]
}

function load(file) {
  try {
    return parse(readFileSync(file, 'utf8'))?.services ?? {}
  } catch (err) {
    if (err.code === 'ENOENT') return {}
    throw err
  }
}

function mergeServices(under, over) {
  const all = { ...under }
  for (const name of Object.keys(over)) {
    all[name] = { ...under[name], ...over[name], quirks: [...(under[name]?.quirks ?? []), ...(over[name].quirks ?? [])] }
  }
  return all
}

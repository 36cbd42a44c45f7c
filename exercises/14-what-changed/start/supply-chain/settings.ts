import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

// each goes on top of the one before; the last is for whoever changes something without telling anybody
const files = ['topology.yaml', 'quirks.yaml', 'rollouts.yaml'].map((file) => join(import.meta.dirname, file))
if (process.env.SUPPLY_CHAIN_CHANGE) files.push(process.env.SUPPLY_CHAIN_CHANGE)

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

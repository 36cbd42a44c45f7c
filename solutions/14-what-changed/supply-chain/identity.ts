import { settingsOf } from './settings.ts'

// Loaded before tracing.ts: who this process is, for the SDK. The name is the last word of its command.
const name = process.argv.at(-1)
const { owner, criticality, version } = settingsOf(name)

const attributes = {
  'service.version': version,
  'service.namespace': 'supply-chain',
  'service.criticality': criticality,
  // no convention yet: a proposal, as in stage 12
  'service.owner.name': owner,
}
process.env.OTEL_SERVICE_NAME = name
process.env.OTEL_RESOURCE_ATTRIBUTES = Object.entries(attributes).map(([key, value]) => key + '=' + encodeURIComponent(value)).join()

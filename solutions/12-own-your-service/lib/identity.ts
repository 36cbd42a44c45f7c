import { readFileSync } from 'node:fs'

// no convention has a name for it yet, this is what is proposed: so it stands here, and nowhere else
const OWNER = 'service.owner.name'

const services = {
  shop: { owner: 'storefront', criticality: 'critical' },
  payments: { owner: 'payments', criticality: 'critical' },
  warehouse: { owner: 'cellar', criticality: 'high' },
  worker: { owner: 'back-office', criticality: 'medium' },
}
const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
const mine = services[process.env.OTEL_SERVICE_NAME]

export const identity = {
  'service.namespace': 'purl',
  'service.version': version,
  'service.criticality': mine?.criticality,
  [OWNER]: mine?.owner,
}

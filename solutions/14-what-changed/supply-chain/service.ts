import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { SpanKind, trace } from '@opentelemetry/api'
import { call } from '../lib/http-client.ts'
import { log } from '../lib/log.ts'
import { askInRounds } from './rounds.ts'
import { settingsOf } from './settings.ts'

// One program, twelve services: `node supply-chain/service.ts mill`. topology.yaml says what each of them is.
const name = process.argv[2]
// a new version is there when it has been started
const { version, serves, everyMs } = settingsOf(name)
const prefix = serves.slice(0, serves.indexOf(':'))
const tracer = trace.getTracer('supply-chain')
const ask = everyMs ? askInRounds(call, everyMs) : call

const server = createServer((req, res) => {
  if (req.url === '/healthz') return res.end('ok')
  const skein = req.url.startsWith(prefix) ? req.url.slice(prefix.length).split(/[/?]/)[0] : ''
  if (skein === '') return send(res, 404, { error: 'nothing here' })
  // node:http knows no routes, so nobody else can say which one this is
  trace.getActiveSpan()?.updateName('GET ' + serves).setAttribute('http.route', serves)
  serve(skein, req.headers['x-tenant'] ?? 'purl').then(
    ({ status, body }) => send(res, status, body),
    (err) => {
      log.error(err.message)
      send(res, 500, { error: 'something went wrong' })
    },
  )
})
server.listen(Number(process.env.PORT), '127.0.0.1', () => log.info('listening, version ' + version))

async function serve(skein, tenant) {
  const { flag, config, records, asks, quirks } = settingsOf(name)
  const variant = draw(flag.key, skein) * 100 < flag.on ? 'on' : 'off'
  const host = records[draw('records', skein) < 0.5 ? 0 : 1]
  trace.getActiveSpan()?.setAttributes({
    ['purl.config.' + config.key]: config.value,
    'purl.tenant': tenant,
    'feature_flag.key': flag.key,
    'feature_flag.result.variant': variant,
  })

  const facts = { version, variant, tenant, host, config: config.value }
  const odd = quirks.filter(({ when }) => Object.keys(when).every((key) => when[key] === facts[key]))
  const sum = (what) => odd.reduce((total, quirk) => total + (quirk[what] ?? 0), 0)
  if (draw('fail', skein) * 100 < sum('fail')) throw new Error('no luck with ' + skein)

  await wait(sum('wait'))
  const mark = await work(0.3 + sum('work'), skein)
  let record
  for (let times = 0; times <= sum('lookAgain'); times++) record = await lookUp(skein, host, sum('slowHost'))
  if (!asks) return { status: 200, body: { [name]: { record, mark } } }

  let answer
  for (let times = 0; times <= sum('askAgain'); times++) {
    answer = await ask('GET', urlOf(asks) + pathOf(asks, skein), null, { 'x-tenant': tenant })
  }
  if (answer.status !== 200) return { status: 502, body: { error: asks + ' answered ' + answer.status } }
  return { status: 200, body: { [name]: { record, mark }, ...answer.body } }
}

// a database of their own, as far as we can see
function lookUp(skein, host, more) {
  const options = { kind: SpanKind.CLIENT, attributes: { 'db.system.name': 'postgresql', 'db.operation.name': 'SELECT', 'server.address': host } }
  return tracer.startActiveSpan('SELECT ' + host.replace(/-db-\d$/, 's'), options, async (span) => {
    try {
      await wait(1 + 2 * draw('look up', skein) + more)
      return skein + '@' + host
    } finally {
      span.end()
    }
  })
}

// about so many milliseconds of arithmetic, in slices so that others get their turn
async function work(much, skein) {
  let mark = skein
  for (let i = 0; i < much * 400; i++) {
    mark = createHash('sha256').update(mark).digest('hex')
    if (i % 400 === 399) await new Promise((resolve) => setImmediate(resolve))
  }
  return mark.slice(0, 8)
}

// from 0 to 1, and always the same for the same skein
function draw(what, skein) {
  return createHash('sha256').update(name + what + skein).digest().readUInt32BE() / 2 ** 32
}

function urlOf(service) {
  return process.env[service.toUpperCase().replaceAll('-', '_') + '_URL']
}

function pathOf(service, skein) {
  return settingsOf(service).serves.replace(':skein', skein)
}

function wait(ms) {
  return ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : undefined
}

function send(res, status, body) {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

import { propagation } from '@opentelemetry/api'
import { ExpressInstrumentation } from '@opentelemetry/instrumentation-express'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg'
import { PinoInstrumentation } from '@opentelemetry/instrumentation-pino'
import { NodeSDK } from '@opentelemetry/sdk-node'
import { NodemailerInstrumentation } from './instrumentation-nodemailer.ts'

const sdk = new NodeSDK({
  instrumentations: [
    new HttpInstrumentation({
      ignoreIncomingRequestHook: (request) => request.url === '/healthz',
      requestHook: (span) => {
        const order = propagation.getActiveBaggage()?.getEntry('purl.order.id')
        if (order) span.setAttribute('purl.order.id', order.value)
      },
    }),
    new ExpressInstrumentation(),
    new PgInstrumentation({ requireParentSpan: true }),
    new NodemailerInstrumentation(),
    new PinoInstrumentation(),
  ],
})
sdk.start()

process.once('SIGTERM', async () => {
  await sdk.shutdown()
  process.exit(0)
})

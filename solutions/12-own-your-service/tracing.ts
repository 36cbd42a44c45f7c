import { propagation } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { ExpressInstrumentation } from '@opentelemetry/instrumentation-express'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg'
import { PinoInstrumentation } from '@opentelemetry/instrumentation-pino'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { NodeSDK } from '@opentelemetry/sdk-node'
import { BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace'
import { NodemailerInstrumentation } from './instrumentation-nodemailer.ts'
import { identity } from './lib/identity.ts'
import { redactingProcessor } from './lib/redact.ts'

// how many of a hundred traces are kept is said where the service runs
const ratio = Number(process.env.OTEL_TRACES_SAMPLER_ARG ?? 1)

const sdk = new NodeSDK({
  resource: resourceFromAttributes(identity),
  sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
  spanProcessors: [redactingProcessor, new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
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

// A job takes its trace along, in its payload: whoever does it, and whenever, knows who wanted it.
import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'

const tracer = trace.getTracer('purl/jobs')

export function sendJob(kind, payload, insert) {
  const options = { kind: SpanKind.PRODUCER, attributes: attributesOf(kind, 'send') }
  return tracer.startActiveSpan('send ' + kind, options, (span) => endAfter(span, async () => {
    propagation.inject(context.active(), payload)
    const queued = await insert(payload)
    span.setAttribute('messaging.message.id', String(queued.rows[0].id))
    return queued
  }))
}

export function processJob(job, work) {
  const origin = propagation.extract(ROOT_CONTEXT, job.payload)
  const options = { kind: SpanKind.CONSUMER, attributes: attributesOf(job.kind, 'process') }
  return tracer.startActiveSpan('process ' + job.kind, options, origin, (span) => {
    span.setAttributes({ 'messaging.message.id': String(job.id), 'purl.job.attempt': job.attempts + 1 })
    return endAfter(span, work)
  })
}

function attributesOf(kind, operation) {
  return {
    'messaging.system': 'postgresql',
    'messaging.destination.name': kind,
    'messaging.operation.name': operation,
    'messaging.operation.type': operation,
  }
}

async function endAfter(span, work) {
  try {
    return await work()
  } catch (err) {
    span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', err.code || err.name)
    throw err
  } finally {
    span.end()
  }
}

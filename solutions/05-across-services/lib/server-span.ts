// One SERVER span for each request, in the trace of whoever sent it.
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'

const tracer = trace.getTracer('purl/server-span')

export function serverSpan(req, res, next) {
  const received = propagation.extract(context.active(), req.headers)
  const span = tracer.startSpan(req.method, { kind: SpanKind.SERVER }, received)
  span.setAttributes({ 'http.request.method': req.method, 'url.path': req.path, 'url.scheme': req.protocol })
  const orderId = propagation.getBaggage(received)?.getEntry('purl.order.id')
  if (orderId) span.setAttribute('purl.order.id', orderId.value)
  res.once('close', () => {
    // which route it is, is known when express has found it
    if (req.route) span.updateName(req.method + ' ' + req.route.path).setAttribute('http.route', req.route.path)
    span.setAttribute('http.response.status_code', res.statusCode)
    if (res.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', String(res.statusCode))
    span.end()
  })
  context.with(trace.setSpan(received, span), next)
}

// Teaches nodemailer to make spans. Who gets a mail, and what is in it, is nobody else's business.
import { context, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { InstrumentationBase, type InstrumentationConfig, InstrumentationNodeModuleDefinition } from '@opentelemetry/instrumentation'

interface NodemailerConfig extends InstrumentationConfig {
  /** Called with each span and the mail that it is for, before the mail goes out. */
  requestHook?: (span: Span, mail: any) => void
}

export class NodemailerInstrumentation extends InstrumentationBase<NodemailerConfig> {
  constructor(config: NodemailerConfig = {}) {
    super('purl/instrumentation-nodemailer', '1.0.0', config)
  }

  init() {
    return new InstrumentationNodeModuleDefinition(
      'nodemailer',
      ['>=6 <11'],
      (nodemailer) => {
        this._wrap(mailerOf(nodemailer), 'sendMail', (sendMail) => this.traced(sendMail))
        return nodemailer
      },
      (nodemailer) => this._unwrap(mailerOf(nodemailer), 'sendMail'),
    )
  }

  traced(sendMail) {
    const instrumentation = this
    return function (mail, callback) {
      const span = instrumentation.tracer.startSpan('send mail', { kind: SpanKind.CLIENT, attributes: attributesOf(this.transporter) })
      instrumentation._runSpanCustomizationHook(instrumentation.getConfig().requestHook, 'requestHook', span, mail)
      const end = (err) => {
        if (err) span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', err.code || err.name)
        span.end()
      }
      const sending = trace.setSpan(context.active(), span)
      if (callback) {
        const done = context.bind(context.active(), callback)
        return context.with(sending, () => sendMail.call(this, mail, (err, info) => { end(err); done(err, info) }))
      }
      const sent = context.with(sending, () => sendMail.call(this, mail))
      sent.then(() => end(null), end)
      return sent
    }
  }
}

// nodemailer keeps the class of its transports to itself, but each of them leads there
function mailerOf(nodemailer) {
  return Object.getPrototypeOf(nodemailer.createTransport({ jsonTransport: true }))
}

function attributesOf(transporter) {
  return {
    'nodemailer.transport': transporter.name,
    'server.address': transporter.options?.host,
    'server.port': transporter.options?.port,
  }
}

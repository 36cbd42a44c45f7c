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
        // while nodemailer is being loaded: put `traced` in the place of its sendMail
        return nodemailer
      },
      (nodemailer) => {
        // disabled: give sendMail back
      },
    )
  }

  traced(sendMail) {
    // the function that takes the place of sendMail: a span, and the original within
    return sendMail
  }
}

// nodemailer keeps the class of its transports to itself, but each of them leads there
function mailerOf(nodemailer) {
  return Object.getPrototypeOf(nodemailer.createTransport({ jsonTransport: true }))
}

function attributesOf(transporter) {
  return {
    'nodemailer.transport': transporter.name,
  }
}

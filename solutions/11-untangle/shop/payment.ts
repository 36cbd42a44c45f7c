import { context, SpanStatusCode, trace } from '@opentelemetry/api'
import { db } from '../lib/db.ts'
import { call } from '../lib/http-client.ts'
import { log } from '../lib/log.ts'

const PAYMENT_TIMEOUT = 2000
const PAYMENT_TRIES = 3
const tracer = trace.getTracer('shop')

// Null when payments has not answered in three tries.
export async function chargeCard(order, card) {
  for (let attempt = 1; attempt <= PAYMENT_TRIES; attempt++) {
    let late = false
    let timer
    const timeout = new Promise((resolve) => {
      timer = setTimeout(() => {
        late = true
        resolve(null)
      }, PAYMENT_TIMEOUT)
    })
    const attemptCharge = async () => {
      await db.query('insert into payment_attempts (order_id, attempt) values ($1, $2)', [order.id, attempt])
      // they have been told that it failed, do not take their money now. (that was a week, mb)
      if (late) return null
      return callPayments(order, card)
    }
    const charging = attemptCharge()
    charging.catch(() => {}) // may fail long after we stopped looking
    const answer: any = await Promise.race([charging, timeout])
    clearTimeout(timer)
    if (answer) return { ...answer, attempt }
    log.warn('payment gateway timeout, retrying')
  }
  return null
}

async function callPayments(order, card) {
  const span = tracer.startSpan('charge card')
  const answer: any = await context.with(trace.setSpan(context.active(), span), () => call('POST', process.env.PAYMENTS_URL + '/charges', {
    reference: order.id,
    amount: order.total,
    card,
  })).catch((err) => { span.setStatus({ code: SpanStatusCode.ERROR }).end(); throw err })
  span.setAttribute('purl.payment.outcome', answer.body.status).end()
  if (answer.status !== 200) throw new Error('payments said ' + answer.status)
  return answer.body
}

export async function refundCharge(order) {
  const answer: any = await call('POST', process.env.PAYMENTS_URL + '/refunds', { reference: order.id })
  if (answer.status !== 201) log.error('refund failed, somebody do it by hand')
}

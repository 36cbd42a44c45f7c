// Takes jobs from the table, one at a time. Redis was vetoed.
import { createServer } from 'node:http'
import { db } from '../lib/db.ts'
import { processJob } from '../lib/jobs.ts'
import { log } from '../lib/log.ts'
import { exportCustomers } from './customer-export.ts'
import { bookDelivery } from './delivery.ts'
import { restock, sendDispatchNotice } from './jobs.ts'
import { nightlyReport } from './nightly-report.ts'

const MAX_ATTEMPTS = 3

const handlers = {
  'dispatch-notice': sendDispatchNotice,
  'restock': restock,
  'nightly-report': nightlyReport,
  'delivery': bookDelivery,
  'customer-export': exportCustomers,
}

createServer((req, res) => res.end('ok')).listen(Number(process.env.PORT), '127.0.0.1', () => log.info('listening'))

loop()

async function loop() {
  while (true) {
    let found = false
    try {
      found = await takeJob()
    } catch (err) {
      log.error('worker: ' + err.message)
    }
    if (!found) await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

// The row stays locked while the job runs. If we die the lock is gone and the next one gets it.
async function takeJob() {
  const client = await db.connect()
  try {
    await client.query('begin')
    const found = await client.query(
      `select * from jobs where state = 'queued' and run_at <= now()
       order by id for update skip locked limit 1`)
    const job = found.rows[0]
    if (job) await runJob(client, job)
    await client.query('commit')
    return Boolean(job)
  } catch (err) {
    await client.query('rollback').catch(() => {})
    throw err
  } finally {
    client.release()
  }
}

async function runJob(client, job) {
  try {
    const handler = handlers[job.kind]
    if (!handler) throw new Error('nobody does ' + job.kind)
    await processJob(job, () => handler(job.payload))
    await client.query(`update jobs set state = 'done', attempts = attempts + 1 where id = $1`, [job.id])
  } catch (err) {
    const state = job.attempts + 1 >= MAX_ATTEMPTS ? 'failed' : 'queued'
    log.warn('job failed: ' + err.message)
    await client.query(
      `update jobs set state = $2, attempts = attempts + 1, last_error = $3,
         run_at = now() + interval '100 milliseconds' where id = $1`, [job.id, state, err.message])
  }
}

import express, { type Request, type Response } from 'express';
import { db } from '../lib/db.ts';
import { log } from '../lib/log.ts';
import { authorize, payBack } from './gateway.ts';

const app = express();
app.use(express.json());

app.get('/healthz', (req, res) => res.send('ok'));
app.post('/charges', charge);
app.post('/refunds', refund);

app.use((err, req, res, next) => {
  log.error(err.message);
  res.status(500).json({ error: 'payments error' });
});

app.listen(Number(process.env.PORT), '127.0.0.1', () => log.info('listening'));

async function charge(req: Request, res: Response) {
  const { reference, amount, card } = req.body || {};
  if (!reference || !card || !Number.isInteger(amount) || amount <= 0) {
    return res.status(422).json({ error: 'reference, amount and card are needed' });
  }
  // the shop likes to ask twice
  const before = await db.query('select * from charges where reference = $1', [reference]);
  if (before.rows.length > 0) return res.json(toAnswer(before.rows[0]));

  const askedAt = new Date();
  const answer = await authorize(reference, card);
  if (answer.status === 'unavailable') {
    log.warn('gateway busy');
    return res.status(503).json({ error: 'gateway busy' });
  }
  const reason = answer.status === 'declined' ? answer.reason : null;
  const made = await db.query(
    `insert into charges (reference, amount, state, reason, asked_at, answered_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (reference) do update set reference = excluded.reference returning *`,
    [reference, amount, answer.status, reason, askedAt, new Date()],
  );
  log.info('charge ' + answer.status);
  // 200 for declines as well: their API does it like that and so do we
  res.json(toAnswer(made.rows[0]));
}

async function refund(req: Request, res: Response) {
  const { reference } = req.body || {};
  const found = await db.query(`select * from charges where reference = $1 and state = 'approved'`, [reference]);
  if (found.rows.length === 0) return res.status(404).json({ error: 'nothing to refund' });
  await payBack(reference);
  await db.query(`update charges set state = 'refunded' where reference = $1`, [reference]);
  log.info('refunded');
  res.status(201).json({ reference, amount: found.rows[0].amount });
}

function toAnswer(row) {
  if (row.state === 'declined') return { status: 'declined', reason: row.reason };
  return { status: row.state, chargeId: 'ch_' + row.id };
}

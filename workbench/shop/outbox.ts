// Confirmation mails. Sending them inside the request took 3 s on a bad day, so they
// go on a list now and the interval works it off. If we crash, well. (mb)
import nodemailer from 'nodemailer';
import { db } from '../lib/db.ts';
import { log } from '../lib/log.ts';

const transport = nodemailer.createTransport({ jsonTransport: true });

const waiting = [];
let busy = false;

export function sendConfirmationLater(order) {
  waiting.push(order);
}

setInterval(drain, 100);

async function drain() {
  if (busy) return;
  busy = true;
  while (waiting.length > 0) {
    const order = waiting.shift();
    try {
      await sendConfirmation(order);
    } catch (err) {
      log.error('could not send confirmation: ' + err.message);
    }
  }
  busy = false;
}

async function sendConfirmation(order) {
  const mail = await transport.sendMail({
    from: 'hello@purl.example',
    to: order.email,
    subject: 'Your order ' + order.id,
    text: 'Thank you! We are packing ' + order.items.length + ' kinds of yarn for you.',
  });
  await db.query('insert into mails (order_id, kind, recipient, message) values ($1, $2, $3, $4)', [
    order.id,
    'confirmation',
    order.email,
    mail.message,
  ]);
  log.info('confirmation sent');
}

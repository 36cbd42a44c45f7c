// Audit trail for the tax office. Oldest file in the house, do not touch. (hk, 2017)
// Own pool with ONE connection: the entries have to go in one after the other, the
// seals in the table build on it (see schema.sql). Never hang up either, it came back
// out of order once.
import pg from 'pg';
import { log } from '../lib/log.ts';

var auditPool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 1, idleTimeoutMillis: 0 });
auditPool.on('error', function (err) {
  log.error('audit: ' + err.message);
});

export function writeAudit(order) {
  var entry = 'order placed, total ' + order.total;
  auditPool.query('insert into audit_log (order_id, entry) values ($1, $2)', [order.id, entry], function (err) {
    if (err) {
      log.error('audit: ' + err.message);
      return;
    }
    countEntry(order);
  });
}

function countEntry(order) {
  auditPool.query(
    'update audit_counters set entries = entries + 1, last_order = $1 where kind = $2',
    [order.id, 'orders'],
    function (err) {
      if (err) log.error('audit: ' + err.message);
    },
  );
}

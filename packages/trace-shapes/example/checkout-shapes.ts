import {
  boundary,
  client,
  consumer,
  eitherOf,
  extend,
  internal,
  label,
  log,
  metric,
  parallel,
  producer,
  sequential,
  server,
  telemetry,
  to,
  trace,
  traces,
  within,
} from 'trace-shapes';

/** A call from the shop into the warehouse: CLIENT in the one, SERVER in the other, one trace. */
const reserve = boundary({ from: 'shop', to: 'warehouse' }, client('POST'), server('POST /reservations'));

/** First the price, then payment and reservation side by side; all of it while the request lasts. */
export const checkout = trace(
  server(
    'POST /orders',
    { service: 'shop', resource: { 'service.version': /^\d+\./ } },
    sequential(
      within(eitherOf(client('SELECT prices'), internal('read price cache'))),
      parallel(within(label('payment', client('charge card'))), within(reserve)),
      producer('queue receipt'),
    ),
  ),
);

/** The same, but that the card is declined, and the log says so. */
export const declined = extend(
  checkout,
  { status: 'unset' },
  internal('tell customer', { logs: [log('card declined')] }),
);

/** The receipt is sent later, in a trace of its own that links back. */
const receipt = trace(consumer('send receipt', { links: [to('queue receipt')] }));

/** All that a run must send. */
export const run = telemetry({
  traces: traces([checkout, receipt]),
  logs: [log(/^listening on/, { severity: 'info' })],
  metrics: [metric('orders.placed', { unit: '{order}', type: 'sum', attributes: { outcome: 'approved' } })],
});

import type { ShapeCode } from '../match/fact.ts';
import type { Received } from '../match/received.ts';
import { parallel, sequential, within } from '../shape/arrangement.ts';
import { client, consumer, exactly, internal, never, only, producer, server, trace, traces } from '../shape/build.ts';
import { boundary, telemetry } from '../shape/compose.ts';
import type { SpanExpectation } from '../shape/expectation.ts';
import { to } from '../shape/link.ts';
import { log } from '../shape/log.ts';
import { metric } from '../shape/metric.ts';
import { absent, anyInteger } from '../shape/predicate.ts';
import type { Expected, TelemetryShape } from '../shape/shape.ts';
import { counterWith, logWith } from './sketch-signals.ts';
import { type SketchedSpan, sketchTraces } from './sketch-traces.ts';
import { call, request, work } from './spans.ts';

/** A known mistake for every code: what is expected, and what came. */
export interface KnownMistake {
  readonly expected: Expected | TelemetryShape;
  readonly received: Received;
}

const order = trace(
  server('POST /orders', { service: 'shop' }, internal('price basket'), internal('charge card', client('POST'))),
);
const price = work('price basket');
const charge = work('charge card', call('POST'));

/** One mistake for each code, each small enough to be read at a glance. */
export const MISTAKES: Readonly<Record<ShapeCode, KnownMistake>> = {
  'no-spans': mistake(order),
  'orphan-span': mistake(order, request('POST /orders', price, { ...charge, lost: true })),
  'mixed-requests': mistake(
    exactly(2, order),
    request('POST /orders', price, charge, charge),
    request('POST /orders', price),
  ),
  'lost-context': mistake(order, request('POST /orders', price), charge),
  'wrong-parent': mistake(order, request('POST /orders', { ...price, children: [charge] })),
  'duplicate-span': mistake(
    order,
    request('POST /orders', price, work('charge card', { ...call('POST', { ...call('POST'), scope: 'http' }) })),
  ),
  'wrong-count': mistake(order, request('POST /orders', ...Array.from({ length: 6 }, () => price), charge)),
  'missing-span': mistake(order, request('POST /orders', price)),
  'unexpected-span': mistake(trace(only(order.root)), request('POST /orders', price, charge, work('debug dump'))),
  'missing-link': mistake(
    traces([trace(producer('queue receipt')), trace(consumer('send receipt', { links: [to('queue receipt')] }))]),
    { ...work('queue receipt'), kind: 'producer' },
    { ...work('send receipt'), kind: 'consumer' },
  ),
  'wrong-order': mistake(
    trace(server('POST /orders', sequential(internal('price basket'), internal('charge card')))),
    request('POST /orders', { ...price, at: [10, 30] }, { ...charge, at: [20, 60] }),
  ),
  'not-parallel': mistake(
    trace(server('GET /yarns', parallel(client('SELECT stock'), client('SELECT prices')))),
    request('GET /yarns', { ...call('SELECT stock'), at: [5, 40] }, { ...call('SELECT prices'), at: [40, 50] }),
  ),
  'ended-too-early': mistake(trace(server('GET /', { lastsAtLeastMs: 250 })), request('GET /')),
  'ended-too-late': mistake(
    trace(server('POST /orders', within(internal('charge card')))),
    request('POST /orders', { ...charge, at: [60, 90] }),
  ),
  'silent-service': mistake(
    trace(
      server('POST /orders', boundary({ from: 'shop', to: 'warehouse' }, client('POST'), server('POST /reservations'))),
    ),
    request('POST /orders', call('POST')),
  ),
  'partial-trace': mistake(
    exactly(2, trace(server('POST /orders', client('POST', server('POST /reservations', { service: 'warehouse' }))))),
    request('POST /orders', call('POST')),
    request('POST /orders', call('POST', { ...request('POST /reservations'), service: 'warehouse' })),
  ),
  'wrong-name': mistake(order, request('POST /orders', work('price_baskets'), charge)),
  'high-cardinality-name': mistake(order, request('POST /orders/P-10001', price, charge)),
  'wrong-kind': mistake(order, work('POST /orders', price, charge)),
  'wrong-service': mistake(order, { ...request('POST /orders', price, charge), service: 'unknown_service:node' }),
  'wrong-scope': onRoot({ scope: '@opentelemetry/instrumentation-http' }, { scope: 'shop' }),
  'not-instrumented': mistake(order, {
    ...request('POST', price, charge),
    scope: '@opentelemetry/instrumentation-http',
    attributes: { 'url.path': '/orders' },
  }),
  'missing-attribute': onRoot({ attributes: { 'http.response.status_code': anyInteger } }, {}),
  'wrong-attribute': onRoot(
    { attributes: { 'http.response.status_code': 201 } },
    { attributes: { 'http.response.status_code': '201' } },
  ),
  'misplaced-attribute': mistake(
    trace(server('GET /', { attributes: { 'order.id': 'P-1' } }, internal('work'))),
    request('GET /', { ...work('work'), attributes: { 'order.id': 'P-1' } }),
  ),
  'deprecated-attribute': onRoot(
    { attributes: { 'http.response.status_code': 201 } },
    { attributes: { 'http.status_code': 201 } },
  ),
  'forbidden-attribute': onRoot({ attributes: { 'card.number': absent } }, { attributes: { 'card.number': '4111' } }),
  'wrong-status': onRoot({ status: 'unset' }, { status: 'error' }),
  'missing-event': onRoot({ events: ['card declined'] }, { events: ['card charged'] }),
  'uncorrelated-log': {
    expected: trace(server('GET /', { logs: [log('card declined')] })),
    received: { traces: sketchTraces(request('GET /')), logs: [logWith({ body: 'card declined' })] },
  },
  'missing-log': {
    expected: trace(server('GET /', { logs: [log('card declined')] })),
    received: { traces: sketchTraces(request('GET /')), logs: [] },
  },
  'unexpected-log': {
    expected: telemetry({ logs: [never(log(/\d{16}/))] }),
    received: { logs: [logWith({ body: 'charging card 4111111111111111' })] },
  },
  'missing-metric': {
    expected: telemetry({ metrics: [metric('orders.placed')] }),
    received: { metrics: [counterWith({ name: 'http.server.request.duration' })] },
  },
  'wrong-metric': {
    expected: telemetry({ metrics: [metric('orders.placed', { unit: '{order}' })] }),
    received: { metrics: [counterWith({ unit: '' })] },
  },
  'high-cardinality-metric': {
    expected: telemetry({ metrics: [metric('orders.placed')] }),
    received: { metrics: [counterWith({ series: [{ 'order.id': 'P-10001' }, { 'order.id': 'P-10002' }] })] },
  },
};

function onRoot(expectation: SpanExpectation, root: Partial<SketchedSpan>) {
  return mistake(trace(server('GET /', expectation)), { ...request('GET /'), ...root });
}

function mistake(expected: Expected, ...roots: readonly SketchedSpan[]): KnownMistake {
  return { expected, received: sketchTraces(...roots) };
}

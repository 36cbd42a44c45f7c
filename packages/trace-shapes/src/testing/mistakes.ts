import type { ShapeCode } from '../match/fact.ts';
import { client, exactly, internal, only, type SpanExpectation, server, trace } from '../shape/build.ts';
import { absent, anyInteger } from '../shape/predicate.ts';
import type { Expected } from '../shape/shape.ts';
import type { Trace } from '../trace/trace.ts';
import { type SketchedSpan, sketchTraces } from './sketch-traces.ts';
import { call, request, work } from './spans.ts';

/** A known mistake for every code: what is expected, and what came. */
export interface KnownMistake {
  readonly expected: Expected;
  readonly traces: readonly Trace[];
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
  'ended-too-early': mistake(trace(server('GET /', { lastsAtLeastMs: 250 })), request('GET /')),
  'wrong-name': mistake(order, request('POST /orders', work('price_baskets'), charge)),
  'high-cardinality-name': mistake(order, request('POST /orders/P-10001', price, charge)),
  'wrong-kind': mistake(order, work('POST /orders', price, charge)),
  'wrong-service': mistake(order, { ...request('POST /orders', price, charge), service: 'unknown_service:node' }),
  'wrong-scope': onRoot({ scope: '@opentelemetry/instrumentation-http' }, { scope: 'shop' }),
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
};

function onRoot(expectation: SpanExpectation, root: Partial<SketchedSpan>) {
  return mistake(trace(server('GET /', expectation)), { ...request('GET /'), ...root });
}

function mistake(expected: Expected, ...roots: readonly SketchedSpan[]): KnownMistake {
  return { expected, traces: sketchTraces(...roots) };
}

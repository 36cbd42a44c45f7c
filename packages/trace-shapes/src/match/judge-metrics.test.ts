import { expect, test } from 'vitest';
import type { Metric } from '../otlp/telemetry.ts';
import { server, trace } from '../shape/build.ts';
import { telemetry } from '../shape/compose.ts';
import { type MetricExpectation, metric } from '../shape/metric.ts';
import { oneOf } from '../shape/predicate.ts';
import { codesOf } from '../testing/codes.ts';
import { counterWith } from '../testing/sketch-signals.ts';
import { sketchTraces } from '../testing/sketch-traces.ts';
import { request } from '../testing/spans.ts';
import { match } from './match.ts';

const codes = (expectation: MetricExpectation, ...metrics: readonly Metric[]) =>
  codesOf(telemetry({ metrics: [metric('orders.placed', expectation)] }), { metrics });

test('takes a metric that is as expected, whatever else came', () => {
  const expectation = {
    unit: '{order}',
    type: 'sum',
    monotonic: true,
    attributes: { outcome: oneOf('approved', 'declined') },
    service: 'shop',
    scope: 'test',
  } as const;
  const came = counterWith({ series: [{ outcome: 'approved' }, { outcome: 'broken' }] });
  expect(codes(expectation, counterWith({ name: 'process.cpu.time' }), came, came)).toEqual([]);
});

test('tells a metric that is nowhere from one of a like name', () => {
  expect(codes({})).toEqual(['missing-metric']);
  expect(codes({}, counterWith({ name: 'process.cpu.time' }))).toEqual(['missing-metric']);
  expect(codes({}, counterWith({ name: 'order.placed' }))).toEqual(['wrong-metric']);
});

test('tells in what a metric is not as expected', () => {
  const wrong = (expectation: MetricExpectation) =>
    match(telemetry({ metrics: [metric('orders.placed', expectation)] }), {
      metrics: [counterWith({ series: [{ outcome: 'approved' }] })],
    }).facts.map(({ fact }) => (fact.code === 'wrong-metric' ? fact.wrong.aspect : fact.code));
  expect(wrong({ unit: 's' })).toEqual(['unit']);
  expect(wrong({ type: 'histogram' })).toEqual(['type']);
  expect(wrong({ monotonic: false })).toEqual(['monotonic']);
  expect(wrong({ service: 'warehouse' })).toEqual(['service']);
  expect(wrong({ scope: '@opentelemetry/instrumentation-http' })).toEqual(['scope']);
  expect(wrong({ attributes: { outcome: 'declined' } })).toEqual(['attribute']);
  expect(wrong({ attributes: { outcome: 'approved', region: 'eu' } })).toEqual(['attribute']);
});

test('reports high-cardinality-metric for ids, for very many series, and for a series of the rest', () => {
  const many = Array.from({ length: 101 }, (_, i) => ({ word: 'w'.repeat(i) }));
  expect(codes({}, counterWith({ series: many }))).toEqual(['high-cardinality-metric']);
  expect(codes({ atMostSeries: 101 }, counterWith({ series: many }))).toEqual([]);
  expect(codes({}, counterWith({ series: [{ path: '/orders/17' }] }))).toEqual(['high-cardinality-metric']);
  expect(codes({}, counterWith({ series: [{ 'otel.metric.overflow': true }] }))).toEqual(['high-cardinality-metric']);
  expect(codes({}, counterWith({ series: [{ status: '404', 'http.response.status_code': 404 }] }))).toEqual([]);
});

test('counts the series of many exports once', () => {
  const exports = Array.from({ length: 200 }, () => counterWith({ series: [{ outcome: 'approved' }] }));
  expect(codes({}, ...exports)).toEqual([]);
});

test('judges traces, logs and metrics together, and asks for spans only where traces are expected', () => {
  const all = telemetry({ traces: trace(server('GET /')), metrics: [metric('orders.placed')] });
  expect(codesOf(all, { traces: sketchTraces(request('GET /')), metrics: [counterWith()] })).toEqual([]);
  expect(codesOf(all, { traces: sketchTraces(request('GET /')), metrics: [] })).toEqual(['missing-metric']);
  expect(codesOf(all, { metrics: [counterWith()] })).toEqual(['no-spans']);
  expect(codesOf(telemetry({ metrics: [metric('orders.placed')] }), { metrics: [counterWith()] })).toEqual([]);
});

import { expect, test } from 'vitest';
import { client, exactly, internal, server, trace } from '../shape/build.ts';
import { boundary } from '../shape/compose.ts';
import { codes } from '../testing/codes.ts';
import type { SketchedSpan } from '../testing/sketch-traces.ts';
import { call, request, work } from '../testing/spans.ts';

const reserve = server('POST /reservations', internal('reserve', { service: 'warehouse' }));
const shape = trace(server('POST /orders', boundary({ from: 'shop', to: 'warehouse' }, client('POST'), reserve)));
const there = (...children: readonly SketchedSpan[]): SketchedSpan => ({
  ...request('POST /reservations', { ...work('reserve'), service: 'warehouse' }, ...children),
  service: 'warehouse',
});

test('takes a trace from one service into another', () => {
  expect(codes(shape, request('POST /orders', call('POST', there())))).toEqual([]);
});

test('reports silent-service once, however many of its spans are missing', () => {
  const calls = trace(
    server(
      'x',
      client('a', server('b', { service: 'warehouse' })),
      client('c', server('d', { service: 'warehouse' })),
      client('e', server('f', { service: 'payments' })),
    ),
  );
  expect(codes(calls, request('x', call('a'), call('c'), call('e')))).toEqual([
    'silent-service b ×2',
    'silent-service f',
  ]);
});

test('reports missing-span where the service is heard, if not of this', () => {
  const elsewhere = { ...work('tick'), service: 'warehouse' };
  expect(codes(shape, request('POST /orders', call('POST')), elsewhere)).toEqual(['missing-span POST /reservations']);
  const within = { ...there(), children: [] };
  expect(codes(shape, request('POST /orders', call('POST', within)))).toEqual(['missing-span reserve']);
});

test('reports lost-context where the trace ends at the boundary and another begins', () => {
  expect(codes(shape, request('POST /orders', call('POST')), there())).toEqual(['lost-context POST /reservations']);
});

test('does not call a service silent that has only another name', () => {
  const own = trace(server('POST /orders', { service: 'shop' }, internal('price basket', { service: 'shop' })));
  expect(codes(own, { ...request('POST /orders'), service: 'unknown_service:node' })).toEqual([
    'missing-span price basket',
    'wrong-service POST /orders',
  ]);
});

test('reports partial-trace where a part of some traces is missing and the rest is whole', () => {
  const whole = request('POST /orders', call('POST', there()));
  const cut = request('POST /orders', call('POST'));
  expect(codes(exactly(4, shape), whole, cut, whole, cut)).toEqual(['partial-trace POST /reservations ×2']);
});

test('reports partial-trace for what begins in the middle, told by the flags', () => {
  const remote = { ...there(), remote: true };
  const lost = { ...call('POST', remote), lost: true };
  expect(codes(shape, { ...request('POST /orders', lost), lost: true })).toEqual(['partial-trace POST /reservations']);
  const apart = { ...work('elsewhere', { ...work('stray'), remote: true, service: 'bank' }), lost: true };
  const fine = request('POST /orders', call('POST', there()));
  expect(codes(shape, fine, apart)).toEqual(['partial-trace stray']);
  // A span of the same process that never ended is no cut.
  const local = { ...work('elsewhere', { ...work('stray'), service: 'bank' }), lost: true };
  expect(codes(shape, fine, local)).toEqual(['orphan-span stray']);
  // Nor is one that never ended where others of its service came.
  expect(codes(shape, request('POST /orders', lost))).toEqual(['orphan-span POST /reservations']);
});

const PG = '@opentelemetry/instrumentation-pg';
const HTTP = '@opentelemetry/instrumentation-http';

test('reports not-instrumented once where no span of a library came at all', () => {
  const queries = trace(
    server('x', client('SELECT', { scope: PG }), client('UPDATE', { scope: /instrumentation-pg$/ })),
  );
  expect(codes(queries, request('x'))).toEqual(['not-instrumented SELECT', 'not-instrumented UPDATE']);
  const select = trace(server('x', exactly(2, client('SELECT', { scope: PG })), client('BEGIN', { scope: PG })));
  expect(codes(select, request('x'))).toEqual(['not-instrumented SELECT ×2']);
  expect(codes(select, request('x', { ...call('BEGIN'), scope: PG }))).toEqual(['missing-span SELECT']);
});

test("reports missing-span where a tracer of one's own made no span yet", () => {
  expect(codes(trace(server('x', internal('a', { scope: 'shop' }))), request('x'))).toEqual(['missing-span a']);
});

const routed = trace(server('GET /books/:isbn', internal('find title')));
const generic = (span: Partial<SketchedSpan>) => ({ ...request('GET', work('find title')), scope: HTTP, ...span });

test('reports not-instrumented where a SERVER span has only the method for a name', () => {
  expect(codes(routed, generic({ attributes: { 'url.path': '/books/978' } }))).toEqual(['not-instrumented GET']);
  expect(codes(routed, generic({}))).toEqual(['not-instrumented GET']);
});

test('reports wrong-name where the framework is there, or the span was made by hand', () => {
  const express = { ...work('request handler', work('find title')), scope: '@opentelemetry/instrumentation-express' };
  const through = trace(server('GET /books/:isbn', internal('find title')), { through: [{ scope: /express$/ }] });
  expect(codes(through, generic({ children: [express] }))).toEqual(['wrong-name GET']);
  expect(codes(routed, generic({ scope: 'library' }))).toEqual(['wrong-name GET']);
});

test('does not take a request of another path for the one that was meant', () => {
  expect(codes(routed, generic({ attributes: { 'url.path': '/healthz' }, children: [] }))).toEqual([
    'missing-span GET /books/:isbn',
  ]);
});

import { expect, test } from 'vitest';
import { client, exactly, internal, server, trace } from '../shape/build.ts';
import { same } from '../shape/predicate.ts';
import { codes } from '../testing/codes.ts';
import type { SketchedSpan } from '../testing/sketch-traces.ts';
import { call, request, work } from '../testing/spans.ts';

const order = trace(
  server(
    'POST /orders',
    internal('price basket', client('SELECT')),
    internal('charge card', client('POST')),
    internal('queue receipt', client('INSERT')),
  ),
);
const price = work('price basket', call('SELECT'));
const charge = work('charge card', call('POST'));
const queue = work('queue receipt', call('INSERT'));

test('reports a lost span alone, not what came with it', () => {
  expect(codes(order, request('POST /orders', price, charge), queue)).toEqual(['lost-context queue receipt']);
});

test('reports a child that got lost from a span in its place', () => {
  expect(codes(order, request('POST /orders', work('price basket'), charge, queue), call('SELECT'))).toEqual([
    'lost-context SELECT',
  ]);
});

test('reports what a lost span lacks as well', () => {
  expect(codes(order, request('POST /orders', price, charge), work('queue receipt'))).toEqual([
    'lost-context queue receipt',
    'missing-span INSERT',
  ]);
});

test('reports mixed-requests without any identity, by the numbers of the spans', () => {
  expect(
    codes(
      exactly(2, order),
      request('POST /orders', price, charge, queue, queue),
      request('POST /orders', price, charge),
    ),
  ).toEqual(['mixed-requests queue receipt']);
});

test('reports a missing root once, whatever else is there', () => {
  expect(codes(order, price, charge, queue)).toEqual(['missing-span POST /orders']);
});

test('reports wrong-parent when the root is below another span', () => {
  expect(codes(order, call('GET', request('POST /orders', price, charge, queue)))).toEqual([
    'wrong-parent POST /orders',
  ]);
});

test("reports wrong-attribute when a span in its place carries another request's identity", () => {
  const shape = trace(
    server('x', internal('a', { attributes: { id: same('id') } }), internal('b', { attributes: { id: same('id') } })),
  );
  const named = (name: string, id: string) => ({ name, attributes: { id } });
  expect(codes(shape, request('x', named('a', '1'), named('b', '2')))).toEqual(['wrong-attribute b']);
  expect(codes(shape, request('x', named('a', '1'), named('a', '2'), named('b', '2')))).toEqual([]);
});

const cart = trace(
  server(
    'POST /orders',
    { attributes: { id: same('order') } },
    internal('receipt', { attributes: { id: same('order') } }),
  ),
);
const carts = Array.from({ length: 10 }, (_, i) => `P-${i}`);
const carry = (id: string, span: SketchedSpan): SketchedSpan => ({ ...span, attributes: { id } });
const receipts = carts.map((id) => carry(id, work('receipt')));

test('reports once that ten requests are mixed, also when one request did all in a batch of its own', () => {
  const under = (children: typeof receipts) =>
    carts.map((id, i) => carry(id, request('POST /orders', ...(i === 0 ? children : []))));
  expect(codes(exactly(10, cart), ...under(receipts))).toEqual(['mixed-requests receipt ×9']);
  expect(codes(exactly(10, cart), ...under([work('flush', ...receipts)]))).toEqual(['mixed-requests receipt ×9']);
});

test('reports lost-context once for a batch that runs in a trace of its own', () => {
  const orders = carts.map((id) => carry(id, request('POST /orders')));
  expect(codes(exactly(10, cart), ...orders, work('flush', ...receipts))).toEqual(['lost-context receipt ×10']);
});

test('reports orphan-span once for ten roots that never ended, or for one of them', () => {
  const some = (isLost: (i: number) => boolean) =>
    carts.map((id, i) => ({ ...carry(id, request('POST /orders', carry(id, work('receipt')))), lost: isLost(i) }));
  expect(codes(exactly(10, cart), ...some(() => true))).toEqual(['orphan-span receipt ×10']);
  expect(codes(exactly(10, cart), ...some((i) => i === 3))).toEqual(['orphan-span receipt']);
});

test('takes a span of the right name below a root of another for the one that was meant', () => {
  const shape = trace(server('POST /orders', internal('price')));
  expect(codes(shape, request('POST', request('POST /orders', work('price'))))).toEqual(['wrong-parent POST /orders']);
});

test('takes a span for one thing only', () => {
  const shape = trace(
    server('x', internal('price basket', internal('a')), internal('price baskets', internal('price baskets'))),
  );
  const result = codes(shape, request('x'), work('price baskets', work('price basket')));
  expect(result).toEqual([
    'lost-context price basket',
    'lost-context price baskets',
    'missing-span a',
    'missing-span price baskets',
  ]);
});

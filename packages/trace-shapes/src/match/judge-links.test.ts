import { expect, test } from 'vitest';
import { consumer, exactly, internal, producer, server, trace, traces } from '../shape/build.ts';
import { label } from '../shape/compose.ts';
import { to } from '../shape/link.ts';
import { same } from '../shape/predicate.ts';
import { codes } from '../testing/codes.ts';
import { type SketchedSpan, sketchTraces } from '../testing/sketch-traces.ts';
import { request, work } from '../testing/spans.ts';
import { match } from './match.ts';

const queue = { ...work('queue receipt'), kind: 'producer' } as const;
const send = (...links: readonly string[]) => ({ ...work('send receipt'), kind: 'consumer', links }) as const;
const shape = traces([
  trace(server('POST /orders', producer('queue receipt'))),
  trace(consumer('send receipt', { links: [to('queue receipt')] })),
]);

test('finds a link by the name of the span at its other end, whatever its ids', () => {
  expect(codes(shape, request('POST /orders', queue), send('queue receipt'))).toEqual([]);
  expect(codes(shape, request('POST /orders', queue), send('POST /orders', 'queue receipt'))).toEqual([]);
});

test('finds a link by the label of the shape at its other end, and then not by a name', () => {
  const labelled = traces([
    trace(server('POST /orders', label('the order', producer(/^queue/)))),
    trace(consumer('send receipt', { links: [to('the order')] })),
  ]);
  expect(codes(labelled, request('POST /orders', queue), send('queue receipt'))).toEqual([]);
  expect(codes(labelled, request('POST /orders', queue, work('the order')), send('the order'))).toEqual([
    'missing-link send receipt',
  ]);
});

test('says what is there instead of the link', () => {
  const facts = (...roots: readonly SketchedSpan[]) =>
    match(shape, sketchTraces(...roots)).facts.map(({ fact }) => 'actual' in fact && fact.actual);
  const order = request('POST /orders', queue);
  expect(facts(order, send())).toMatchObject([{ nodes: [], lost: 0, instead: undefined }]);
  expect(facts(order, send('POST /orders'))).toMatchObject([{ nodes: [{ span: { name: 'POST /orders' } }] }]);
  expect(facts(order, send('never came'))).toMatchObject([{ lost: 1 }]);
  const back = request('POST /orders', { ...queue, links: ['send receipt'] });
  expect(facts(back, send())).toMatchObject([{ instead: 'other-way-round' }]);
  const child = trace(
    server('POST /orders', producer('queue receipt', consumer('send receipt', { links: [to('queue receipt')] }))),
  );
  const { facts: found } = match(child, sketchTraces(request('POST /orders', { ...queue, children: [send()] })));
  expect(found).toMatchObject([{ fact: { code: 'missing-link', actual: { instead: 'child-of' } } }]);
});

test("reports missing-link where the link leads to another request's span", () => {
  const id = { attributes: { order: same('order') } };
  const orders = traces([
    exactly(2, trace(producer(/^queue/, id))),
    exactly(2, trace(consumer('send', { ...id, links: [to(/^queue/)] }))),
  ]);
  const queued = (order: string) => ({ ...queue, name: `queue ${order}`, attributes: { order } });
  const sent = (order: string, of: string) => ({ ...send(`queue ${of}`), name: 'send', attributes: { order } });
  expect(codes(orders, queued('A'), queued('B'), sent('A', 'A'), sent('B', 'B'))).toEqual([]);
  expect(codes(orders, queued('A'), queued('B'), sent('A', 'A'), sent('B', 'A'))).toEqual(['missing-link send']);
});

test('counts the links of a batch', () => {
  const batch = traces([trace(producer('queue')), trace(consumer('flush', { links: [to('queue', { times: 3 })] }))]);
  const flush = (...links: readonly string[]) => ({ ...send(...links), name: 'flush' });
  const one = { ...queue, name: 'queue' };
  expect(codes(batch, one, flush('queue', 'queue', 'queue'))).toEqual([]);
  expect(codes(batch, one, flush('queue'))).toEqual(['missing-link flush']);
});

test('says that the span at the other end is missing, and no more', () => {
  expect(codes(shape, request('POST /orders'), send())).toEqual(['missing-span queue receipt']);
});

test('asks for the attributes of a link', () => {
  const asking = trace(
    server('x', internal('a', { links: [to('b', { attributes: { reason: 'retry' } })] }), internal('b')),
  );
  expect(codes(asking, request('x', { ...work('a'), links: ['b'] }, work('b')))).toEqual(['missing-link a']);
});

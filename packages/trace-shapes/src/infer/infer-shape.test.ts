import { expect, test } from 'vitest';
import { judge } from '../explain/explain.ts';
import { type SketchedSpan, sketchTraces } from '../testing/sketch-traces.ts';
import { call, request, work } from '../testing/spans.ts';
import { inferShape } from './infer-shape.ts';
import { writeShape } from './write-shape.ts';

const charge = {
  ...call('POST', { ...request('POST /charges'), service: 'payments' }),
  attributes: { 'url.full': 'http://127.0.0.1:4103/charges', 'server.port': 4103, 'http.request.method': 'POST' },
};
const checkout = {
  ...request('POST /orders', work('price basket'), { ...work('charge card', charge), status: 'error' as const }),
  attributes: { 'order.id': 'P-10001', 'http.response.status_code': 201 },
};

test('writes a shape as one would by hand', () => {
  expect(writeShape(inferShape(sketchTraces(checkout)), 'checkout')).toMatchInlineSnapshot(`
    "import { anyInteger, client, internal, server, trace } from 'trace-shapes';

    export const checkout = trace(
      server(
        'POST /orders',
        { service: 'shop', attributes: { 'http.response.status_code': 201, 'order.id': 'P-10001' } },
        internal('price basket'),
        internal(
          'charge card',
          { status: 'error' },
          client(
            'POST',
            {
              attributes: {
                'http.request.method': 'POST',
                'server.port': anyInteger,
                'url.full': /^http:\\/\\/127\\.0\\.0\\.1:\\d+\\/charges$/,
              },
            },
            server('POST /charges', { service: 'payments' }),
          ),
        ),
      ),
    );
    "
  `);
});

test('takes spans that are alike as one, with their number and what they have in common', () => {
  const row = (i: number, ...children: ReturnType<typeof work>[]) => ({
    ...work('load row', ...children),
    attributes: { row: i, table: 'yarns' },
  });
  const cart = request('GET /cart', row(1, work('read cache')), row(2), row(3));
  expect(writeShape(inferShape(sketchTraces(cart, cart, request('GET /cart', row(1)))))).toMatchInlineSnapshot(`
    "import { anyInteger, between, exactly, internal, optional, server, trace, traces } from 'trace-shapes';

    export const expected = traces([
      exactly(
        3,
        trace(
          server(
            'GET /cart',
            { service: 'shop' },
            between(
              1,
              3,
              internal(
                'load row',
                { attributes: { row: anyInteger, table: 'yarns' } },
                optional(internal('read cache')),
              ),
            ),
          ),
        ),
      ),
    ]);
    "
  `);
});

test('leaves out what it is told to, and what is deeper than that', () => {
  const shape = inferShape(sketchTraces(checkout), { omit: [/^http\./, 'order.id'], depth: 2 });
  expect(writeShape(shape)).toMatchInlineSnapshot(`
    "import { internal, server, trace } from 'trace-shapes';

    export const expected = trace(
      server(
        'POST /orders',
        { service: 'shop' },
        internal('price basket'),
        internal('charge card', { status: 'error' }),
      ),
    );
    "
  `);
});

test('expects events, links and the scopes of libraries that every span of a kind has', () => {
  const handed = { ...work('enqueue receipt'), events: ['queued'] };
  const tried = (...events: string[]) => ({ ...work('try card'), events, exception: 'Declined' });
  const sent = {
    ...request('send receipts', tried('retry', 'give up'), tried('retry'), {
      ...call('POST'),
      scope: '@opentelemetry/instrumentation-http',
    }),
    links: ['enqueue receipt', 'enqueue receipt', 'of another day'],
  };
  expect(writeShape(inferShape(sketchTraces(request('POST /orders', handed), sent)))).toMatchInlineSnapshot(`
    "import { client, exactly, internal, server, to, trace, traces } from 'trace-shapes';

    export const expected = traces([
      trace(
        server(
          'POST /orders',
          { service: 'shop' },
          internal('enqueue receipt', { events: ['queued'] }),
        ),
      ),
      trace(
        server(
          'send receipts',
          { service: 'shop', links: [to('enqueue receipt', { times: 2 })] },
          exactly(2, internal('try card', { events: ['retry'], exception: { type: 'Declined' } })),
          client('POST', { scope: '@opentelemetry/instrumentation-http' }),
        ),
      ),
    ]);
    "
  `);
});

test('finds an event, a link or a scope that is no longer there', () => {
  const handed = work('enqueue receipt');
  const sent = { ...request('send receipts'), links: ['enqueue receipt'], events: ['sent'], exception: 'Declined' };
  const scope = '@opentelemetry/instrumentation-http';
  const shape = inferShape(sketchTraces(handed, { ...sent, scope }));
  const codes = (...roots: readonly SketchedSpan[]) =>
    judge(shape, sketchTraces(...roots)).findings.map(({ code }) => code);
  expect(codes(handed, { ...sent, scope })).toEqual([]);
  expect(codes(handed, { ...sent, scope, links: [] })).toEqual(['missing-link']);
  expect(codes(handed, { ...sent, scope, events: [] })).toEqual(['missing-event']);
  expect(codes(handed, { ...sent, scope, exception: 'TypeError' })).toEqual(['missing-event']);
  expect(codes(handed, sent)).toEqual(['wrong-scope']);
});

test('is strict enough to find what is missing, wrong or too many', () => {
  const shape = inferShape(sketchTraces(checkout));
  const codes = (...children: Parameters<typeof request>[1][]) =>
    judge(shape, sketchTraces({ ...checkout, children })).findings.map(({ code }) => code);
  const [price = work(''), paid = work('')] = checkout.children ?? [];
  expect(codes(price, paid)).toEqual([]);
  expect(codes(price)).toEqual(['missing-span']);
  expect(codes(price, price, paid)).toEqual(['wrong-count']);
  expect(codes(price, { ...paid, status: 'unset' })).toEqual(['wrong-status']);
});

test('says that there is nothing to infer a shape from', () => {
  expect(() => inferShape([])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: Failed to infer a shape: no root span came, so there is nothing to infer it from.]`,
  );
});

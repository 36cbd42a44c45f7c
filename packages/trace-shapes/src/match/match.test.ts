import { expect, test } from 'vitest';
import {
  anySpan,
  between,
  client,
  descendant,
  exactly,
  internal,
  never,
  oneOrMore,
  only,
  optional,
  server,
  trace,
  traces,
} from '../shape/build.ts';
import { absent, anyInteger, oneOf, same } from '../shape/predicate.ts';
import { codes } from '../testing/codes.ts';
import { type SketchedSpan, sketchTraces } from '../testing/sketch-traces.ts';
import { match } from './match.ts';

const order = trace(
  server(
    'POST /orders',
    { service: 'shop', attributes: { 'purl.order.id': same('order') } },
    internal('price basket'),
    internal('charge card', client('POST', { attributes: { 'url.full': /\/charges$/ } })),
    internal('send confirmation', { attributes: { 'purl.order.id': same('order') } }),
  ),
);

function emitted(
  id: string,
  change: Partial<Record<'price' | 'charge' | 'confirm', readonly SketchedSpan[]>> = {},
): SketchedSpan {
  const call: SketchedSpan = { name: 'POST', kind: 'client', attributes: { 'url.full': 'http://127.0.0.1/charges' } };
  return {
    name: 'POST /orders',
    kind: 'server',
    attributes: { 'purl.order.id': id },
    children: [
      ...(change.price ?? [{ name: 'price basket' }]),
      ...(change.charge ?? [{ name: 'charge card', children: [call] }]),
      ...(change.confirm ?? [confirm(id)]),
    ],
  };
}

const confirm = (id: string): SketchedSpan => ({ name: 'send confirmation', attributes: { 'purl.order.id': id } });

test('finds nothing in a trace that is as expected, whatever else it holds', () => {
  expect(
    codes(order, { ...emitted('P-1'), children: [...(emitted('P-1').children ?? []), { name: 'something more' }] }),
  ).toEqual([]);
});

test('reports no-spans when nothing came, even when nothing is demanded', () => {
  expect(codes(order)).toEqual(['no-spans']);
  expect(codes(traces([optional(order)]))).toEqual(['no-spans']);
});

test('reports missing-span, and not what would have been below it', () => {
  expect(codes(order, emitted('P-1', { charge: [] }))).toEqual(['missing-span charge card']);
});

test('reports one missing-span when its children hang below its parent instead', () => {
  const call: SketchedSpan = { name: 'POST', kind: 'client', attributes: { 'url.full': 'http://127.0.0.1/charges' } };
  expect(codes(order, emitted('P-1', { charge: [call] }))).toEqual(['missing-span charge card']);
});

test('reports lost-context when the job starts a trace of its own', () => {
  expect(codes(order, emitted('P-1', { confirm: [] }), confirm('P-1'))).toEqual(['lost-context send confirmation']);
});

test('reports mixed-requests when the work of one request is under another', () => {
  const [first, second] = [
    emitted('P-1', { confirm: [confirm('P-1'), confirm('P-2')] }),
    emitted('P-2', { confirm: [] }),
  ];
  expect(codes(exactly(2, order), first, second)).toEqual(['mixed-requests send confirmation']);
});

test('reports wrong-parent when a span is found below its sibling', () => {
  const charge: SketchedSpan = { ...(emitted('P-1').children?.[1] as SketchedSpan) };
  expect(codes(order, emitted('P-1', { charge: [], price: [{ name: 'price basket', children: [charge] }] }))).toEqual([
    'wrong-parent charge card',
  ]);
});

test('reports orphan-span, guessing the span that never ended', () => {
  const charge: SketchedSpan = { ...(emitted('P-1').children?.[1] as SketchedSpan), lost: true };
  const result = match(order, sketchTraces(emitted('P-1', { charge: [charge] })));
  expect(result.facts.map(({ fact }) => fact)).toMatchObject([
    { code: 'orphan-span', unfinished: { name: { value: 'charge card' } } },
  ]);
});

test('reports orphan-span once when the root never ended', () => {
  const result = match(order, sketchTraces({ ...emitted('P-1'), lost: true }));
  expect(result.facts.map(({ fact }) => fact.code)).toEqual(['orphan-span']);
});

test('reports duplicate-span when a span by hand wraps the same span of a library', () => {
  const query = (scope: string, children: readonly SketchedSpan[] = []): SketchedSpan => ({
    name: 'SELECT',
    kind: 'client',
    scope,
    children,
  });
  const shape = trace(server('GET /', client('SELECT')));
  const twice = { name: 'GET /', kind: 'server', children: [query('shop', [query('pg')])] } as const;
  expect(codes(shape, twice)).toEqual(['duplicate-span SELECT']);
});

test('reports wrong-count once for an N+1', () => {
  const queries = Array.from({ length: 8 }, () => ({ name: 'SELECT price', kind: 'client' }) as const);
  expect(
    codes(trace(server('GET /', client('SELECT price'))), { name: 'GET /', kind: 'server', children: queries }),
  ).toEqual(['wrong-count SELECT price']);
});

test('reports wrong-count when fewer came than asked for', () => {
  const shape = trace(server('GET /', exactly(3, client('SELECT'))));
  expect(codes(shape, { name: 'GET /', kind: 'server', children: [{ name: 'SELECT', kind: 'client' }] })).toEqual([
    'wrong-count SELECT',
  ]);
});

test('names the near miss and not its neighbour', () => {
  const shape = trace(
    server(
      'GET /',
      client('GET', { attributes: { peer: 'a' } }),
      client('GET', { attributes: { peer: 'b' } }),
      client('GET', { attributes: { peer: 'c' } }),
    ),
  );
  const call = (peer: string): SketchedSpan => ({ name: 'GET', kind: 'client', attributes: { peer } });
  const found = match(
    shape,
    sketchTraces({ name: 'GET /', kind: 'server', children: [call('c'), call('x'), call('a')] }),
  ).facts;
  expect(found.map(({ fact }) => fact)).toMatchObject([
    { code: 'wrong-attribute', key: 'peer', expected: { value: 'b' }, actual: 'x' },
  ]);
});

test('tells a rename from a missing span', () => {
  expect(codes(order, emitted('P-1', { price: [{ name: 'price-baskets' }] }))).toEqual(['wrong-name price-baskets']);
  expect(codes(order, emitted('P-1', { price: [{ name: 'load customer' }] }))).toEqual(['missing-span price basket']);
});

test('reports high-cardinality-name when the name holds the id', () => {
  expect(codes(trace(server('POST /orders')), { name: 'POST /orders P-100001', kind: 'server' })).toEqual([
    'high-cardinality-name POST /orders P-100001',
  ]);
});

test('does not take one HTTP method for another', () => {
  expect(codes(trace(server('POST /orders')), { name: 'GET /orders', kind: 'server' })).toEqual([
    'missing-span POST /orders',
  ]);
});

test('reports kind, service, status, event and duration of the span that was meant', () => {
  const shape = trace(
    server('GET /', { service: 'shop', status: 'error', events: ['exception'], lastsAtLeastMs: 500 }),
  );
  expect(codes(shape, { name: 'GET /', service: 'purl' })).toEqual([
    'ended-too-early GET /',
    'wrong-kind GET /',
    'wrong-service GET /',
    'wrong-status GET /',
    'missing-event GET /',
  ]);
});

test('tells missing, wrong, misplaced, deprecated and forbidden attributes apart', () => {
  const shape = (attributes: Record<string, ReturnType<typeof oneOf>>) =>
    trace(server('GET /', { attributes }, internal('work')));
  const run = (on: SketchedSpan['attributes'], work: SketchedSpan['attributes'] = {}): SketchedSpan => ({
    name: 'GET /',
    kind: 'server',
    ...(on && { attributes: on }),
    children: [{ name: 'work', attributes: work }],
  });
  const status = { 'http.response.status_code': anyInteger };
  expect(codes(shape(status), run({}))).toEqual(['missing-attribute GET /']);
  expect(codes(shape(status), run({ 'http.response.status_code': '201' }))).toEqual(['wrong-attribute GET /']);
  expect(codes(shape(status), run({}, { 'http.response.status_code': 201 }))).toEqual(['misplaced-attribute GET /']);
  expect(codes(shape(status), run({ 'http.status_code': 201 }))).toEqual(['deprecated-attribute GET /']);
  expect(codes(shape({ 'card.number': absent }), run({ 'card.number': '4111' }))).toEqual([
    'forbidden-attribute GET /',
  ]);
  expect(codes(shape({ outcome: oneOf('approved', 'declined') }), run({ outcome: 'approved' }))).toEqual([]);
});

test('sees through the spans of a scope', () => {
  const shape = trace(server('GET /', internal('work')), { through: [{ scope: /express$/ }] });
  const through: SketchedSpan = {
    name: 'request handler',
    scope: 'instrumentation-express',
    children: [{ name: 'work' }],
  };
  expect(codes(shape, { name: 'GET /', kind: 'server', children: [through] })).toEqual([]);
  expect(
    codes(trace(server('GET /', internal('work'))), { name: 'GET /', kind: 'server', children: [through] }),
  ).toEqual(['wrong-parent work']);
});

test('looks for descendants anywhere below', () => {
  const shape = trace(server('GET /', descendant(client('SELECT'))));
  expect(
    codes(shape, {
      name: 'GET /',
      kind: 'server',
      children: [{ name: 'a', children: [{ name: 'b', children: [{ name: 'SELECT', kind: 'client' }] }] }],
    }),
  ).toEqual([]);
});

test('counts: optional, between, one or more, never, only', () => {
  const shape = trace(
    only(
      server(
        'GET /',
        optional(internal('cache')),
        between(1, 2, client('SELECT')),
        oneOrMore(internal('row')),
        never(client('DELETE')),
      ),
    ),
  );
  const run = (...names: readonly string[]): SketchedSpan => ({
    name: 'GET /',
    kind: 'server',
    children: names.map((name) => ({ name, kind: /^[A-Z]/.test(name) ? 'client' : 'internal' })),
  });
  expect(codes(shape, run('SELECT', 'row', 'row'))).toEqual([]);
  expect(codes(shape, run('cache', 'SELECT', 'SELECT', 'row'))).toEqual([]);
  expect(codes(shape, run('row'))).toEqual(['missing-span SELECT']);
  expect(codes(shape, run('SELECT', 'SELECT', 'SELECT', 'row'))).toEqual(['wrong-count SELECT']);
  expect(codes(shape, run('SELECT', 'row', 'DELETE'))).toEqual(['unexpected-span DELETE']);
  expect(codes(shape, run('SELECT', 'row', 'extra'))).toEqual(['unexpected-span extra']);
});

test('judges several traces at once, and nothing else when it says only', () => {
  const shape = traces([exactly(2, trace(server('GET /')))], { only: true, ignore: [{ name: 'GET /healthz' }] });
  const root = (name: string): SketchedSpan => ({ name, kind: 'server' });
  expect(codes(shape, root('GET /'), root('GET /'), root('GET /healthz'))).toEqual([]);
  expect(codes(shape, root('GET /'))).toEqual(['wrong-count GET /']);
  expect(codes(shape, root('GET /'), root('GET /'), root('GET /'))).toEqual(['wrong-count GET /']);
  expect(codes(shape, root('GET /'), root('GET /'), root('poll jobs'))).toEqual(['unexpected-span poll jobs']);
});

test('folds one mistake that was made in ten traces into one finding', () => {
  const runs = Array.from({ length: 10 }, (_, i) => [emitted(`P-${i}`, { confirm: [] }), confirm(`P-${i}`)]).flat();
  expect(codes(exactly(10, order), ...runs)).toEqual(['lost-context send confirmation ×10']);
});

test('reports an orphan that nobody asked about', () => {
  const shape = trace(anySpan('GET /'));
  expect(
    codes(shape, { name: 'GET /', children: [{ name: 'never ended', lost: true, children: [{ name: 'work' }] }] }),
  ).toEqual(['orphan-span work']);
});

test('takes a span by what tells it from others of its name', () => {
  const asked = trace(
    server('POST /orders', oneOrMore(client('query', { scope: 'pg', where: { 'db.query.text': /into mails/ } }))),
  );
  const query = (text: string | undefined, scope = 'pg'): SketchedSpan => ({
    name: 'query',
    kind: 'client',
    scope,
    attributes: text === undefined ? {} : { 'db.query.text': text },
  });
  const request = (...children: readonly SketchedSpan[]): SketchedSpan => ({
    name: 'POST /orders',
    kind: 'server',
    children,
  });
  expect(codes(asked, request(query('begin'), query('insert into mails')))).toEqual([]);
  expect(codes(asked, request(query('begin')))).toEqual(['missing-span query']);
  expect(codes(asked, request(query(undefined)))).toEqual(['missing-attribute query']);
  expect(codes(asked, request(query('insert into mails', 'by hand')))).toEqual(['wrong-scope query']);
});

test("reports the other service's request that begins a trace as lost-context, and nothing of what would have come along", () => {
  const joined = trace(
    server(
      'POST /orders',
      { attributes: { 'purl.order.id': same('order') } },
      client('POST', server('POST /charges', { service: 'payments', attributes: { 'purl.order.id': same('order') } })),
    ),
  );
  const shop: SketchedSpan = {
    name: 'POST /orders',
    kind: 'server',
    attributes: { 'purl.order.id': 'P-1' },
    children: [{ name: 'POST', kind: 'client' }],
  };
  expect(codes(joined, shop, { name: 'POST /charges', kind: 'server', service: 'payments' })).toEqual([
    'lost-context POST /charges',
  ]);
});

test('reports a hand-made span below one that is seen through as the duplicate of what is above', () => {
  const once = trace(server('POST /orders', { scope: 'http' }), { through: [{ scope: 'express' }] });
  const twice: SketchedSpan = {
    name: 'POST /orders',
    kind: 'server',
    scope: 'http',
    children: [
      {
        name: 'request handler',
        scope: 'express',
        children: [{ name: 'POST /orders', kind: 'server', scope: 'by hand' }],
      },
    ],
  };
  expect(codes(once, twice)).toEqual(['duplicate-span POST /orders']);
});

test('takes attributes by the names of what every object has for keys like any other', () => {
  const attributes = { constructor: 'x', toString: 'y' };
  expect(
    codes(trace(server('x', { attributes })), { name: 'x', kind: 'server', attributes: Object.create(null) }),
  ).toEqual(['missing-attribute x', 'missing-attribute x']);
});

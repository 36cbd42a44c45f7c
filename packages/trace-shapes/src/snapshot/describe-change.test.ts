import { expect, test } from 'vitest';
import { sketchTraces } from '../testing/sketch-traces.ts';
import { call, request, work } from '../testing/spans.ts';
import { canonicalTraces } from './canonical-trace.ts';
import { describeChange } from './describe-change.ts';

type Attributes = NonNullable<ReturnType<typeof call>['attributes']>;
const get = (attributes: Attributes, ...more: ReturnType<typeof work>[]) =>
  canonicalTraces(
    sketchTraces({
      ...request('GET /', { ...call('GET'), attributes }, { ...call('GET'), attributes }, ...more),
      attributes,
    }),
  );
const old = { 'http.method': 'GET', 'http.flavor': '1.1', 'net.transport': 'ip_tcp' };

test('says once what an upgrade changed on every span, and which attributes were renamed', () => {
  const now = { 'http.request.method': 'GET', 'network.protocol.version': '1.1', 'server.address': '127.0.0.1' };
  expect(describeChange(get(old), get(now))).toMatchInlineSnapshot(`
    "The spans are the same; what they carry changed:
      - net.transport = "ip_tcp"
      + server.address = "127.0.0.1"
      ~ http.method is now http.request.method = "GET"
      ~ http.flavor is now network.protocol.version = "1.1""
  `);
});

test('says of a downgrade too which attributes were renamed', () => {
  expect(describeChange(get({ 'http.request.method': 'GET' }), get({ 'http.method': 'GET' }))).toContain(
    '~ http.request.method is now http.method = "GET"',
  );
});

test('says which spans came and went, and how an attribute of one changed', () => {
  expect(describeChange(get(old, work('price basket')), get(old, work('price baskets')))).toMatchInlineSnapshot(`
    "What changed, each change once:
      - internal price basket (shop, test)
      + internal price baskets (shop, test)"
  `);
  expect(describeChange(get({ rows: 1 }), get({ rows: 2 }))).toMatchInlineSnapshot(`
    "The spans are the same; what they carry changed:
      - rows = 1
      + rows = 2"
  `);
});

test('says nothing of what stayed, and not nothing of a span more', () => {
  expect(describeChange(get(old), get(old))).toBe('');
  expect(describeChange(get(old, work('a'), work('a')), get(old, work('a'), work('a')))).toBe('');
  expect(describeChange(get(old, work('a')), get(old, work('a'), work('a')))).not.toBe('');
});

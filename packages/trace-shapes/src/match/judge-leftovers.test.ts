import { expect, test } from 'vitest';
import { client, internal, never, only, server, trace, traces } from '../shape/build.ts';
import { codes } from '../testing/codes.ts';
import { call, request, work } from '../testing/spans.ts';

const post = (url: string) => ({ ...call('POST'), attributes: { 'url.full': url } });

test('lets pass what is like a span that was asked for, but for an attribute or a child', () => {
  const byAttribute = trace(server('x', client('POST', { attributes: { 'url.full': /charges/ } })));
  expect(codes(byAttribute, request('x', post('/charges'), post('/reservations')))).toEqual([]);
  const byChild = trace(server('x', client('POST', server('charge'))));
  expect(codes(byChild, request('x', call('POST', request('charge')), call('POST', request('reserve'))))).toEqual([]);
});

test('counts what is just like a span that was asked for', () => {
  const shape = trace(server('x', client('POST', { attributes: { 'url.full': /charges/ } })));
  expect(codes(shape, request('x', post('/charges'), post('/charges')))).toEqual(['wrong-count POST']);
});

test('forbids only what is as never() says, attributes included', () => {
  const shape = trace(server('x', never(client('POST', { attributes: { 'url.full': /health/ } }))));
  expect(codes(shape, request('x', post('/charges')))).toEqual([]);
  expect(codes(shape, request('x', post('/health')))).toEqual(['unexpected-span POST']);
});

test('does not take the two ends of a call for a duplicate', () => {
  expect(codes(trace(client('GET', server('GET'))), call('GET', request('GET')))).toEqual([]);
  expect(codes(trace(server('GET', internal('work'))), request('GET', call('GET'), work('work')))).toEqual([]);
});

test('reports a span once where only() forbids it and another shape misses it', () => {
  const shape = trace(only(server('x', internal('a'), internal('b'))));
  expect(codes(shape, request('x', work('a', work('b')), work('c')))).toEqual(['wrong-parent b', 'unexpected-span c']);
  expect(codes(trace(only(server('x', internal('a', internal('b'))))), request('x', work('b')))).toEqual([
    'missing-span a',
  ]);
});

test('does not report a root that is seen through as a trace of its own', () => {
  const shape = traces([trace(server('x', internal('a')), { through: [{ scope: 'middleware' }] })], { only: true });
  expect(codes(shape, { ...work('serve', request('x', work('a'))), scope: 'middleware' })).toEqual([]);
});

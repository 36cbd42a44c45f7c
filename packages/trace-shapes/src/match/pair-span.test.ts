import { expect, test } from 'vitest';
import { client, internal, server, trace, traces } from '../shape/build.ts';
import { codes } from '../testing/codes.ts';
import { call, request, work } from '../testing/spans.ts';

test('tells a span with quite another name by the children that it has', () => {
  const shape = trace(server('POST /orders', internal('price basket'), internal('charge card')));
  const children = [work('price basket'), work('charge card')];
  expect(codes(shape, request('checkout', ...children))).toEqual(['wrong-name checkout']);
  expect(codes(shape, request('checkout', work('price basket')))).toEqual(['missing-span POST /orders']);
});

test('does not tell a span by the only child that it has', () => {
  const shape = trace(server('x', internal('price basket', client('SELECT'))));
  expect(codes(shape, request('x', work('compute', call('SELECT'))))).toEqual(['missing-span price basket']);
});

test('prefers one exact name to two misspelt ones', () => {
  const shape = trace(server('x', internal('price basket'), internal('prime basket')));
  expect(codes(shape, request('x', work('price basket'), work('price baskets')))).toEqual(['wrong-name price baskets']);
});

test('tells siblings of one name apart by what is below them', () => {
  const shape = trace(server('x', client('Q', internal('a')), client('Q', internal('b'))));
  expect(codes(shape, request('x', call('Q', work('b')), call('Q', work('a'))))).toEqual([]);
  expect(codes(shape, request('x', call('Q', work('b')), call('Q', work('c'))))).toEqual(['missing-span a']);
});

test('gives a root that two trace shapes want to the one that needs it', () => {
  const shape = traces([trace(server(/^GET/)), trace(server('GET /a', internal('x')))]);
  expect(codes(shape, request('GET /a', work('x')), request('GET /b'))).toEqual([]);
  expect(codes(shape, request('GET /a', work('x')))).toHaveLength(1);
});

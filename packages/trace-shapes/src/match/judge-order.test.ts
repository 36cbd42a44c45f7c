import { expect, test } from 'vitest';
import { parallel, sequential } from '../shape/arrangement.ts';
import { client, exactly, internal, optional, server, trace } from '../shape/build.ts';
import { codes } from '../testing/codes.ts';
import { call, request, work } from '../testing/spans.ts';

const at = (name: string, start: number, duration: number) => ({ ...work(name), at: [start, duration] as const });
const query = (start: number, duration: number) => ({ ...call('Q'), at: [start, duration] as const });

test('takes what follows each other, in whatever order it is exported, and with up to 2 ms too soon', () => {
  const shape = trace(server('x', sequential(internal('a'), internal('b'), optional(internal('c')))));
  expect(codes(shape, request('x', at('a', 1, 10), at('b', 11, 10)))).toEqual([]);
  expect(codes(shape, request('x', at('b', 9.5, 10), at('a', 1, 10)))).toEqual([]);
  expect(codes(shape, request('x', at('a', 1, 10), at('b', 11, 10), at('c', 30, 1)))).toEqual([]);
});

test('reports wrong-order where a step begins before the one before has ended, or is done before it', () => {
  const shape = trace(server('x', sequential(internal('a'), internal('b'), internal('c'))));
  expect(codes(shape, request('x', at('a', 1, 10), at('b', 5, 10), at('c', 20, 1)))).toEqual(['wrong-order b']);
  expect(codes(shape, request('x', at('b', 1, 10), at('a', 11, 10), at('c', 30, 1)))).toEqual(['wrong-order b']);
  const tolerant = trace(server('x', sequential({ toleranceMs: 6 }, internal('a'), internal('b'))));
  expect(codes(tolerant, request('x', at('a', 1, 10), at('b', 5, 10)))).toEqual([]);
});

test('lets spans of one shape follow each other too', () => {
  const shape = trace(server('x', sequential(exactly(3, client('Q')), internal('z'))));
  expect(codes(shape, request('x', query(20, 5), query(1, 5), query(10, 5), at('z', 30, 1)))).toEqual([]);
  expect(codes(shape, request('x', query(1, 15), query(1, 15), query(20, 5), at('z', 30, 1)))).toEqual([
    'wrong-order Q',
  ]);
});

test('takes spans that are alike for the steps in their order', () => {
  const shape = trace(server('x', sequential(client('Q'), internal('a'), client('Q'))));
  expect(codes(shape, request('x', query(1, 5), at('a', 10, 5), query(20, 5)))).toEqual([]);
  expect(codes(shape, request('x', query(1, 5), query(10, 5), at('a', 20, 5)))).toEqual(['wrong-order Q']);
});

test('does not say that a step that is missing, or lost, is out of order', () => {
  const shape = trace(server('x', sequential(internal('a'), internal('b'))));
  expect(codes(shape, request('x', at('b', 1, 10)))).toEqual(['missing-span a']);
  expect(codes(shape, request('x', at('b', 1, 10)), at('a', 5, 10))).toEqual(['lost-context a']);
});

const all = (...pairs: readonly (readonly [number, number])[]) => request('x', ...pairs.map(([s, d]) => query(s, d)));

test('tells side by side by the elapsed time, and not by an overlap', () => {
  const three = trace(server('x', parallel(exactly(3, client('Q')))));
  expect(codes(three, all([1, 80], [3, 100], [8, 90]))).toEqual([]);
  expect(codes(three, all([1, 80], [81, 100], [181, 90]))).toEqual(['not-parallel Q']);
  // Each overlaps the next, as from a pool of two.
  expect(codes(three, all([1, 100], [2, 100], [101, 100]))).toEqual(['not-parallel Q']);
  // Too short to tell.
  expect(codes(three, all([1, 1], [2, 1], [3, 1]))).toEqual([]);
  expect(codes(three, all([1, 3], [4, 3], [7, 3]))).toEqual(['not-parallel Q']);
});

test('takes a tolerance for what runs side by side', () => {
  const shape = (toleranceMs: number) => trace(server('x', parallel({ toleranceMs }, exactly(2, client('Q')))));
  expect(codes(shape(10), all([1, 50], [9, 50]))).toEqual([]);
  expect(codes(shape(5), all([1, 50], [9, 50]))).toEqual(['not-parallel Q']);
});

test('arranges arrangements: steps, two of them side by side, between one before and one after', () => {
  const shape = trace(server('x', sequential(internal('a'), parallel(internal('b'), internal('c')), internal('d'))));
  const [a, d] = [at('a', 1, 10), at('d', 70, 10)];
  expect(codes(shape, request('x', a, at('b', 11, 50), at('c', 12, 50), d))).toEqual([]);
  expect(codes(shape, request('x', a, at('b', 11, 25), at('c', 36, 25), d))).toEqual(['not-parallel b']);
  expect(codes(shape, request('x', a, at('b', 11, 50), at('c', 5, 50), d))).toEqual(['wrong-order b']);
});

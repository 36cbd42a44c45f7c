import { expect, test } from 'vitest';
import { codes } from '../testing/codes.ts';
import { call, request, work } from '../testing/spans.ts';
import { sequential } from './arrangement.ts';
import { client, exactly, internal, never, only, server, trace, traces } from './build.ts';
import { boundary, eitherOf, extend, label } from './compose.ts';
import { describeCount, nameOf } from './describe-shape.ts';

test('takes any one of several shapes', () => {
  const shape = trace(only(server('x', eitherOf(client('SELECT stock'), internal('read cache')), internal('a'))));
  expect(codes(shape, request('x', call('SELECT stock'), work('a')))).toEqual([]);
  expect(codes(shape, request('x', work('a'), work('read cache')))).toEqual([]);
  expect(codes(shape, request('x', work('a'), work('read cache'), call('SELECT stock')))).toHaveLength(1);
});

test('explains the nearest of several shapes', () => {
  const attributes = { rows: 3 };
  const shape = trace(
    server('x', eitherOf(client('SELECT', { attributes }, internal('parse')), internal('read cache'))),
  );
  expect(codes(shape, request('x'))).toEqual(['missing-span SELECT']);
  expect(codes(shape, request('x', work('read caches')))).toEqual(['wrong-name read caches']);
  expect(codes(shape, request('x', call('SELECT', work('parse'))))).toEqual(['missing-attribute SELECT']);
  expect(codes(shape, request('x', { ...call('SELECT'), attributes }))).toEqual(['missing-span parse']);
  expect(codes(shape, request('x'), work('read cache'))).toEqual(['lost-context read cache']);
});

test('counts, forbids and names any one of several shapes as one', () => {
  const either = eitherOf(internal('a'), eitherOf(internal('b'), internal('c')));
  expect(nameOf(either)).toBe('a or b or c');
  const run = (...names: readonly string[]) => request('x', ...names.map((name) => work(name)));
  const two = trace(server('x', exactly(2, either)));
  expect(codes(two, run('a', 'c'))).toEqual([]);
  expect(codes(two, run('a'))).toEqual(['wrong-count a']);
  expect(codes(two, run('a', 'b', 'c'))).toEqual(['wrong-count a']);
  expect(codes(trace(server('x', never(either))), run('b'))).toEqual(['unexpected-span b']);
  expect(codes(trace(eitherOf(server('x'), server('y'))), request('y'))).toEqual([]);
  expect(describeCount(exactly(2, either).count)).toBe('2');
});

test('extends a shape with what it must have beside, and leaves the one it came from', () => {
  const base = trace(server('x', { attributes: { a: 1 } }, internal('one')));
  const more = extend(base, { status: 'error', attributes: { b: 2 } }, sequential(internal('two'), internal('three')));
  const at = (name: string, start: number) => ({ ...work(name), at: [start, 5] as const });
  const run = (...children: Parameters<typeof request>[1][]) => ({
    ...request('x', ...children),
    attributes: { a: 1 },
  });
  expect(codes(base, run(work('one')))).toEqual([]);
  expect(
    codes(more, { ...run(work('one'), at('two', 2), at('three', 9)), status: 'error', attributes: { a: 1, b: 2 } }),
  ).toEqual([]);
  expect(codes(more, run(work('one'), at('two', 9), at('three', 2)))).toEqual([
    'wrong-order three',
    'missing-attribute x',
    'wrong-status x',
  ]);
});

test('counts a shape that is used several times in each of its places', () => {
  const query = client('SELECT', internal('parse'));
  const select = call('SELECT', work('parse'));
  const twice = trace(server('x', query, internal('a', query), query));
  expect(codes(twice, request('x', select, work('a', select), select))).toEqual([]);
  expect(codes(twice, request('x', select, work('a', select)))).toEqual(['missing-span SELECT']);
  expect(codes(twice, request('x', select, work('a'), select))).toEqual(['missing-span SELECT']);
});

test('takes one trace shape for several', () => {
  const x = trace(server('x', internal('a')));
  expect(codes(traces([x, x]), request('x', work('a')), request('x', work('a')))).toEqual([]);
  expect(codes(traces([x, x]), request('x', work('a')))).toEqual(['missing-span x']);
});

test('keeps a role through a choice', () => {
  expect(label('stock', eitherOf(client('SELECT'), internal('read cache')))).toMatchObject({ label: 'stock' });
});

test('refuses a boundary between kinds that are no ends of a call', () => {
  expect(() => boundary({ from: 'a', to: 'b' }, internal('x'), server('y'))).toThrow(
    'boundary(…) joins CLIENT with SERVER or PRODUCER with CONSUMER, not internal with server.',
  );
});

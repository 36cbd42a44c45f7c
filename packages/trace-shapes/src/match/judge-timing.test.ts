import { expect, test } from 'vitest';
import { within } from '../shape/arrangement.ts';
import { client, internal, server, trace } from '../shape/build.ts';
import { label } from '../shape/compose.ts';
import { asLongAs, measured, noLongerThan, noShorterThan } from '../shape/duration.ts';
import { codes } from '../testing/codes.ts';
import { call, request, work } from '../testing/spans.ts';

const at = (name: string, start: number, duration: number) => ({ ...work(name), at: [start, duration] as const });
const x = (...children: ReturnType<typeof at>[]) => ({ ...request('x', ...children), at: [10, 90] as const });

test('tells a child that outlasts its parent from a parent that did not wait, give or take 2 ms', () => {
  const shape = trace(server('x', within(internal('a')), within(internal('b'))));
  expect(codes(shape, x(at('a', 9, 20), at('b', 50, 51)))).toEqual([]);
  expect(codes(shape, x(at('a', 9, 20), at('b', 50, 60)))).toEqual(['ended-too-late b']);
  expect(codes(shape, x(at('a', 1, 20), at('b', 50, 10)))).toEqual(['wrong-order a']);
});

test('finds once that a span ended before its own children began, and not what outlasts it as well', () => {
  const shape = trace(server('x', within(internal('a')), within(internal('b')), within(internal('c'))));
  expect(codes(shape, x(at('a', 60, 90), at('b', 110, 10), at('c', 120, 10)))).toEqual(['ended-too-early x']);
});

test('lets work go on after the request where nothing is said of it', () => {
  expect(codes(trace(server('x', internal('a'))), x(at('a', 500, 10)))).toEqual([]);
  const tolerant = trace(server('x', within(internal('a'), { toleranceMs: 500 })));
  expect(codes(tolerant, x(at('a', 500, 10)))).toEqual([]);
});

test('holds a duration against a limit, or against what another clock measured', () => {
  expect(codes(trace(server('x', { lastsAtMostMs: 80 })), x())).toEqual(['ended-too-late x']);
  expect(codes(trace(server('x', { lastsAtMostMs: 100 })), x())).toEqual([]);
  expect(codes(trace(server('x', { lasts: measured(97) })), x())).toEqual([]);
  expect(codes(trace(server('x', { lasts: measured(150) })), x())).toEqual(['ended-too-early x']);
  expect(codes(trace(server('x', { lasts: measured(60) })), x())).toEqual(['ended-too-late x']);
  expect(codes(trace(server('x', { lasts: measured(97, { toleranceMs: 5 }) })), x())).toEqual(['ended-too-early x']);
});

test("holds a duration against another span's, by its label or its name", () => {
  const shape = (lasts: ReturnType<typeof asLongAs>) =>
    trace(server('x', label('the charge', client('POST')), internal('a', { lasts })));
  const run = (duration: number) => x({ ...call('POST'), at: [10, 50] }, at('a', 10, duration));
  expect(codes(shape(asLongAs('the charge')), run(53))).toEqual([]);
  expect(codes(shape(asLongAs('the charge')), run(40))).toEqual(['ended-too-early a']);
  expect(codes(shape(asLongAs('the charge')), run(60))).toEqual(['ended-too-late a']);
  expect(codes(shape(noLongerThan('the charge')), run(60))).toEqual(['ended-too-late a']);
  expect(codes(shape(noShorterThan('the charge')), run(60))).toEqual([]);
  expect(codes(shape(noShorterThan('x')), run(60))).toEqual(['ended-too-early a']);
});

test('says that the other span is missing, and no more', () => {
  const shape = trace(server('x', internal('a'), internal('b', { lasts: asLongAs('a') })));
  expect(codes(shape, x(at('b', 10, 1)))).toEqual(['missing-span a']);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sketchOrders } from '../testing/sketch-shop.ts';
import { storeOf } from '../testing/store-of.ts';
import { criticalPath } from './critical-path.ts';
import { loadEntryTraces } from './load-entry-traces.ts';
import { pathShares } from './path-shares.ts';
import type { TimedSpan } from './timed-span.ts';

test('follows the child that finished last, then what finished before it began', () => {
  expect(
    pathOf(
      span('root', '', 0, 100),
      span('early', 'root', 10, 40),
      span('beside early', 'root', 15, 30),
      span('late', 'root', 50, 90),
      span('below late', 'late', 60, 90),
    ),
  ).toEqual(['root 0–10', 'early 10–40', 'root 40–50', 'late 50–60', 'below late 60–90', 'root 90–100']);
});

test('leaves out what runs beside something longer', () => {
  expect(pathOf(span('root', '', 0, 100), span('long', 'root', 0, 100), span('short', 'root', 20, 99))).toEqual([
    'long 0–100',
  ]);
});

test('takes steps for steps whose clocks overlap them by a millisecond', () => {
  expect(pathOf(span('root', '', 0, 30), span('one', 'root', 0, 11), span('two', 'root', 10, 30))).toEqual([
    'one 0–10',
    'two 10–30',
  ]);
});

test('leaves out work that goes on after its parent, for nothing waited for it', () => {
  expect(pathOf(span('root', '', 0, 50), span('write behind', 'root', 10, 400), span('step', 'root', 0, 20))).toEqual([
    'step 0–20',
    'root 20–50',
  ]);
});

test('cuts a child that ends a little late', () => {
  expect(pathOf(span('root', '', 0, 50), span('step', 'root', 10, 51.5))).toEqual(['root 0–10', 'step 10–50']);
});

test('leaves out a consumer below its producer', () => {
  expect(
    pathOf(
      span('root', '', 0, 50),
      { ...span('send', 'root', 10, 12), kind: 'Producer' },
      {
        ...span('consume', 'send', 11, 49, 'worker'),
        kind: 'Consumer',
      },
    ),
  ).toEqual(['root 0–10', 'send 10–12', 'root 12–50']);
});

test('moves a service whose clock is off into the call, with all that is below it', () => {
  expect(
    pathOf(
      span('call', '', 0, 100),
      span('serve', 'call', 5020, 5100, 'other'),
      span('query', 'serve', 5030, 5050, 'other'),
    ),
  ).toEqual(['call 0–10', 'serve 10–20', 'query 20–40', 'serve 40–90', 'call 90–100']);
});

test('cuts a service that goes on after its caller gave up', () => {
  expect(pathOf(span('call', '', 0, 100), span('serve', 'call', 10, 900, 'other'))).toEqual([
    'call 0–10',
    'serve 10–100',
  ]);
});

test('lasts as long as its root without a gap, whatever the spans are', () => {
  const spans = fc.array(
    fc.record({
      parent: fc.nat(12),
      start: fc.integer({ min: -50, max: 200 }),
      duration: fc.nat(150),
      service: fc.constantFrom('a', 'b'),
      kind: fc.constantFrom('Server', 'Client', 'Consumer'),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(spans, (drafts) => {
      const root = span('0', '', 0, 100);
      const others = drafts.map(({ parent, start, duration, service, kind }, i) => ({
        ...span(`${i + 1}`, `${parent}`, start, start + duration, service),
        kind,
      }));
      const path = criticalPath(root, [root, ...others]);
      expect(path[0]?.startMs).toBe(0);
      expect(path.at(-1)?.endMs).toBe(100);
      path.slice(1).forEach(({ startMs }, i) => {
        expect(startMs).toBeCloseTo(path[i]?.endMs ?? Number.NaN, 6);
      });
    }),
  );
});

test('says which share of an entry operation rests on which service, over a set of traces', async () => {
  await using store = await storeOf(sketchOrders());
  const traces = await loadEntryTraces(store.engine, { service: 'shop', operation: 'POST /orders' });
  expect(traces).toHaveLength(3);
  const shares = pathShares(traces);
  expect(shares.map(({ service, operation, meanMs, traces: on }) => [service, operation, round(meanMs), on])).toEqual([
    ['payments', 'POST /charges', 48, 3],
    ['warehouse', 'UPDATE stock', 20, 3],
    ['shop', 'POST /orders', 17, 3],
    ['warehouse', 'POST /reservations', 8, 3],
    ['shop', 'POST', 4, 3],
    ['shop', 'price basket', 3, 3],
  ]);
  expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
});

test('takes only the traces of a time, and at most so many', async () => {
  await using store = await storeOf(sketchOrders());
  const entry = { service: 'shop', operation: 'POST /orders' };
  const startMs = Date.UTC(2026, 0, 1);
  expect(await loadEntryTraces(store.engine, { ...entry, fromMs: startMs + 1000, toMs: startMs + 2000 })).toHaveLength(
    1,
  );
  expect(await loadEntryTraces(store.engine, entry, 2)).toHaveLength(2);
});

function pathOf(root: TimedSpan, ...others: readonly TimedSpan[]): readonly string[] {
  return criticalPath(root, [...others, root]).map(
    ({ span: { operation }, startMs, endMs }) => `${operation} ${startMs}–${endMs}`,
  );
}

function span(name: string, parentId: string, startMs: number, endMs: number, service = 'a'): TimedSpan {
  return { traceId: 't', spanId: name, parentId, service, operation: name, kind: 'Server', startMs, endMs };
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}

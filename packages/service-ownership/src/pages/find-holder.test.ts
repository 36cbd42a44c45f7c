import { expect, test } from 'vitest';
import { reasonWords } from '../explain/reason-words.ts';
import { EPOCH_MS, type Sketch, sketchSpans } from '../testing/sketch-spans.ts';
import { storeOf } from '../testing/store-of.ts';
import { findHolder } from './find-holder.ts';

test('names the work of another trace at whose end the waiting queries go on', async () => {
  const holder = await holderOf([900, job('process report', 100, 3_100)], [1_000, order(3_010)], [2_000, order(2_005)]);
  expect(holder).toMatchObject({ service: 'worker', operation: 'process report', effect: 1 });
  expect(holder?.reasons.map(reasonWords)).toEqual(['2 of 2 queries that waited, up to 3 s, went on when it ended']);
});

test('names nobody when long work goes on after the queries did, or began after them', async () => {
  expect(await holderOf([900, job('process report', 100, 9_000)], [1_000, order(3_010)])).toBeUndefined();
  expect(await holderOf([2_000, job('process report', 0, 2_000)], [1_000, order(3_000)])).toBeUndefined();
});

test('names nobody when most queries go on without the end of anything', async () => {
  const others = [3_500, 5_000, 6_500].map((startMs) => [startMs, order(2_500)] as const);
  expect(await holderOf([900, job('process report', 100, 3_100)], [1_000, order(3_010)], ...others)).toBeUndefined();
});

test('names nobody who asked the database nothing', async () => {
  const { children: _asked, ...idle } = job('process report', 100, 3_100);
  expect(await holderOf([900, idle], [1_000, order(3_010)])).toBeUndefined();
});

async function holderOf(...traces: readonly (readonly [startMs: number, root: Sketch])[]) {
  await using store = await storeOf(sketchSpans(...traces));
  return await findHolder(store.engine, {
    objective: {
      ...{ name: 'orders-quick', displayName: undefined, service: 'shop', operation: 'POST /orders', team: undefined },
      ...{ measure: { kind: 'latency', thresholdMs: 200 }, target: 0.99, windowMs: 1_800_000 },
      origin: { kind: 'declared', file: 'slo.yaml', line: 1 },
    },
    before: { fromMs: EPOCH_MS - 60_000, toMs: EPOCH_MS },
    after: { fromMs: EPOCH_MS, toMs: EPOCH_MS + 60_000 },
  });
}

/** An order that waits for its row. */
function order(waitMs: number): Sketch {
  return {
    ...{ name: 'POST /orders', service: 'shop', at: [0, waitMs + 20] },
    children: [query('shop', 'UPDATE stock SET left = $1', [0, waitMs])],
  };
}

function job(name: string, startMs: number, durationMs: number): Sketch {
  return {
    ...{ name, service: 'worker', kind: 'consumer', at: [startMs, durationMs] },
    children: [query('worker', 'SELECT * FROM stock FOR UPDATE', [startMs + 1, 2])],
  };
}

function query(service: string, text: string, at: Sketch['at']): Sketch {
  return { name: 'pg.query', service, kind: 'client', at, attributes: { 'db.query.text': text } };
}

import { expect, test } from 'vitest';
import type { Objective } from '../read/objective.ts';
import { parseObjectives } from '../read/openslo.ts';
import { parseDocuments } from '../read/read-documents.ts';
import { SHOP_SLOS } from '../testing/shop-slos.ts';
import { sketchOrders } from '../testing/sketch-shop.ts';
import { EPOCH_MS, sketchSpans } from '../testing/sketch-spans.ts';
import { storeOf } from '../testing/store-of.ts';
import { deriveObjectives } from './derive-objectives.ts';
import { judgeObjectives } from './judge-objectives.ts';
import { lastMoment } from './last-moment.ts';

const HOUR_MS = 3_600_000;
const AVAILABLE: Objective = {
  name: 'available',
  displayName: undefined,
  service: 'shop',
  operation: 'GET /',
  measure: { kind: 'availability' },
  target: 0.99,
  windowMs: 30 * 24 * HOUR_MS,
  team: undefined,
  origin: { kind: 'declared', file: 'slo.yaml', line: 1 },
};
const QUICK: Objective = { ...AVAILABLE, name: 'quick', target: 0.9, measure: { kind: 'latency', thresholdMs: 100 } };

test('reads availability and latency from OpenSLO, with indicators inline and by reference', () => {
  expect(parseObjectives(parseDocuments(SHOP_SLOS, 'slo.yaml'))).toMatchObject([
    {
      name: 'orders-available',
      service: 'shop',
      operation: 'POST /orders',
      measure: { kind: 'availability' },
      target: 0.9,
      windowMs: HOUR_MS / 2,
      team: 'storefront',
      origin: { file: 'slo.yaml', line: 1 },
    },
    { name: 'orders-quick', measure: { kind: 'latency', thresholdMs: 200 }, target: 0.75 },
  ]);
});

test('says file, line and field of an objective that is malformed', () => {
  const wrong: readonly (readonly [string, string])[] = [
    ['target: 0.9 ', 'target: 99 '],
    ['duration: 30m', 'duration: soon'],
    ['isRolling: true', 'isRolling: false'],
    ['Occurrences', 'Timeslices'],
    ['indicatorRef: orders-without-error', 'indicatorRef: orders'],
    ['status: ok', 'status: fine'],
    ['type: otel_traces', 'type: Prometheus'],
    ['op: lte', 'op: gte'],
    ['value: 200', 'value: quick'],
    ['objectives: [{ target: 0.9 }]', 'objectives: []'],
  ];
  const said = wrong.map(([right, put]) => {
    expect(SHOP_SLOS).toContain(right);
    try {
      return parseObjectives(parseDocuments(SHOP_SLOS.replace(right, put), 'slo.yaml')).length;
    } catch (error) {
      return String(error);
    }
  });
  expect(said.join('\n')).toMatchInlineSnapshot(`
    "MalformedInput: slo.yaml: line 12, spec.objectives[0].target: it is 99; expected a share between 0 and 1, such as 0.99.
    MalformedInput: slo.yaml: line 10, spec.timeWindow[0].duration: "soon" is no duration such as 28d, 4w or 30m.
    MalformedInput: slo.yaml: line 10, spec.timeWindow[0].isRolling: only rolling windows are supported: \`isRolling: true\`.
    MalformedInput: slo.yaml: line 11, spec.budgetingMethod: "Timeslices" is not supported, only Occurrences.
    MalformedInput: slo.yaml: line 9, spec.indicatorRef: there is no SLI \`orders\`; there are orders-without-error.
    MalformedInput: slo.yaml: line 20, spec.ratioMetric.good.metricSource.spec.status: it is "fine"; expected ok.
    MalformedInput: slo.yaml: line 20, spec.ratioMetric.good.metricSource.type: it is "Prometheus"; expected otel_traces.
    MalformedInput: slo.yaml: line 34, spec.objectives[0].op: it is "gte"; expected lte: a request is to last no longer.
    MalformedInput: slo.yaml: line 34, spec.objectives[0].value: it is "quick"; expected a number.
    MalformedInput: slo.yaml: line 12, spec.objectives: it is missing."
  `);
});

test('counts attainment and error budget over the window of the objective alone', async () => {
  await using store = await storeOf(
    requests([
      { atMs: -31 * 24 * HOUR_MS, bad: 5 },
      { atMs: -HOUR_MS * 100, good: 999, bad: 1 },
    ]),
  );
  const [status] = await judgeObjectives(store.engine, [AVAILABLE], { nowMs: EPOCH_MS });
  expect(status).toMatchObject({
    requests: { total: 1000, bad: 1 },
    attainment: 0.999,
    budget: { allowed: expect.closeTo(10), spent: 1, leftShare: expect.closeTo(0.9) },
    state: 'kept',
  });
});

test('takes a slow request for a bad one, and a failed one for none of its business', async () => {
  await using store = await storeOf(requests([{ atMs: -HOUR_MS * 100, good: 6, slow: 3, bad: 4 }]));
  const [status] = await judgeObjectives(store.engine, [QUICK], { nowMs: EPOCH_MS });
  expect(status).toMatchObject({ requests: { total: 9, bad: 3 }, state: 'broken' });
});

test.each([
  [
    'the last hour and the last five minutes both at 15 times',
    [
      [-4, 15],
      [-50, 15],
    ],
    14.4,
  ],
  [
    'the last hour, but no longer the last five minutes',
    [
      [-4, 0],
      [-50, 40],
    ],
    3,
  ],
  [
    'six hours and half an hour at 7 times',
    [
      [-4, 7],
      [-20, 7],
      [-300, 7],
    ],
    6,
  ],
  [
    'a day and two hours at 4 times',
    [
      [-4, 4],
      [-60, 4],
      [-1200, 4],
    ],
    3,
  ],
  [
    'three days and six hours at twice',
    [
      [-4, 2],
      [-300, 2],
      [-4000, 2],
    ],
    1,
  ],
  ['five minutes only', [[-4, 20] as const, ...Array.from({ length: 25 }, () => [-50, 0] as const)], undefined],
  [
    'nothing more than the budget allows',
    [
      [-4, 1],
      [-300, 1],
      [-4000, 1],
    ],
    undefined,
  ],
] as const)('fires for %s', async (_title, minutes, factor) => {
  const batches = minutes.map(([minute, bad]) => ({ atMs: minute * 60_000, good: 100 - bad, bad }));
  await using store = await storeOf(requests(batches));
  const [status] = await judgeObjectives(store.engine, [AVAILABLE], { nowMs: EPOCH_MS });
  expect(status?.firing?.factor).toBe(factor);
});

test('goes as fast as its clock: in a workshop a minute is a day', async () => {
  const speed = 1440;
  await using store = await storeOf(
    requests([
      { atMs: (-4 * 60_000) / speed, good: 80, bad: 20 },
      { atMs: (-50 * 60_000) / speed, good: 80, bad: 20 },
    ]),
  );
  const [status] = await judgeObjectives(store.engine, [AVAILABLE], { nowMs: EPOCH_MS, speed });
  expect(status?.firing).toMatchObject({ severity: 'page', longMs: 2500, long: expect.closeTo(20) });
});

test('has no data, and fires nothing, where nothing was asked', async () => {
  await using store = await storeOf([]);
  expect(await lastMoment(store.engine)).toBeUndefined();
  const [status] = await judgeObjectives(store.engine, [AVAILABLE], { nowMs: EPOCH_MS });
  expect(status).toMatchObject({ attainment: undefined, firing: undefined, state: 'no-data' });
});

test('derives what rests on each service below, by its share of the critical path', async () => {
  await using store = await storeOf(sketchOrders());
  const [available, quick] = parseObjectives(parseDocuments(SHOP_SLOS, 'slo.yaml'));
  if (!available || !quick) throw new Error('The objectives of the sketched shop are gone.');
  const derived = [
    ...(await deriveObjectives(store.engine, quick)),
    ...(await deriveObjectives(store.engine, available)),
  ];
  expect(
    derived.map(({ service, operation, measure, target }) => [service, operation, measure, round(target)]),
  ).toEqual([
    ['payments', 'POST /charges', { kind: 'latency', thresholdMs: 96 }, 0.75],
    ['warehouse', 'POST /reservations', { kind: 'latency', thresholdMs: 56 }, 0.75],
    ['payments', 'POST /charges', { kind: 'availability' }, 0.952],
    ['warehouse', 'POST /reservations', { kind: 'availability' }, 0.972],
  ]);
  expect(derived[0]?.origin).toEqual({ kind: 'derived', from: 'orders-quick', share: expect.closeTo(0.48) });
});

interface Batch {
  readonly atMs: number;
  readonly good?: number;
  readonly slow?: number;
  readonly bad?: number;
}

function requests(batches: readonly Batch[]) {
  const request = (atMs: number, durationMs: number, status: 'unset' | 'error') =>
    [atMs, { name: 'GET /', service: 'shop', at: [0, durationMs], status }] as const;
  return sketchSpans(
    ...batches.flatMap(({ atMs, good = 0, slow = 0, bad = 0 }) => [
      ...Array.from({ length: good }, () => request(atMs, 20, 'unset')),
      ...Array.from({ length: slow }, () => request(atMs, 200, 'unset')),
      ...Array.from({ length: bad }, () => request(atMs, 20, 'error')),
    ]),
  );
}

function round(share: number): number {
  return Math.round(share * 1000) / 1000;
}

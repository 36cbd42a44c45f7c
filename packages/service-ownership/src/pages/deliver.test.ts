import { expect, test } from 'vitest';
import { startPager } from '../testing/start-pager.ts';
import { type Alert, NOT_ENDED, resolve } from './alert.ts';
import { deliver } from './deliver.ts';
import { EMPTY_BOOK, type PageBook } from './page-book.ts';
import { noteDeliveries, planDeliveries } from './plan-deliveries.ts';

const ALERT: Alert = {
  status: 'firing',
  labels: { alertname: 'ObjectiveBurns', owner: 'payments-team', service: 'payments', severity: 'page' },
  annotations: { summary: '`orders` burns' },
  startsAt: '2026-01-01T00:00:00.000Z',
  endsAt: NOT_ENDED,
  generatorURL: '',
  fingerprint: 'payments/page',
};
const { signal } = new AbortController();

test("sends a body that Alertmanager's receivers understand", async () => {
  await using pager = await startPager();
  expect(await deliver(ALERT, { url: pager.url, signal })).toMatchObject({ attempts: 1, reason: undefined });
  expect(pager.received).toEqual([
    {
      version: '4',
      groupKey: '{}:{fingerprint="payments/page"}',
      truncatedAlerts: 0,
      status: 'firing',
      receiver: 'payments-team',
      groupLabels: { alertname: 'ObjectiveBurns' },
      commonLabels: ALERT.labels,
      commonAnnotations: ALERT.annotations,
      externalURL: '',
      alerts: [ALERT],
    },
  ]);
});

test('tries again what may pass, and no longer than it was told', async () => {
  await using pager = await startPager();
  pager.answers.push({ status: 503, text: '' }, { status: 429, text: '' });
  expect(await deliver(ALERT, { url: pager.url, waitsMs: [1, 1], signal })).toMatchObject({
    attempts: 3,
    reason: undefined,
  });
  pager.answers.push(...Array.from({ length: 3 }, () => ({ status: 500, text: 'out of\norder' })));
  expect(await deliver(ALERT, { url: pager.url, waitsMs: [1, 1], signal })).toMatchObject({
    attempts: 3,
    reason: `${pager.url}: it answered 500: out of`,
  });
  expect(pager.received).toHaveLength(1);
});

test('does not insist where it is refused', async () => {
  await using pager = await startPager();
  pager.answers.push({ status: 404, text: '<html>no such hook' });
  expect(await deliver(ALERT, { url: pager.url, waitsMs: [1, 1], signal })).toMatchObject({
    attempts: 1,
    reason: `${pager.url}: it answered 404: <html>no such hook`,
  });
});

test('says that nothing listens', async () => {
  const { url } = await gonePager();
  expect(await deliver(ALERT, { url, waitsMs: [1], signal })).toMatchObject({
    attempts: 2,
    reason: `${url}: nothing listens there.`,
  });
});

test('sends a page once, again after the time for that, and an all-clear when it is over', () => {
  const first = planDeliveries([ALERT], EMPTY_BOOK, { nowMs: 0, repeatMs: 1000 });
  expect(first).toEqual([ALERT]);
  const book = noteDeliveries(EMPTY_BOOK, delivered(first), 0);
  expect(planDeliveries([ALERT], book, { nowMs: 999, repeatMs: 1000 })).toEqual([]);
  expect(planDeliveries([ALERT], book, { nowMs: 1000, repeatMs: 1000 })).toEqual([ALERT]);
  const over = planDeliveries([], book, { nowMs: 2000, repeatMs: 1000 });
  expect(over).toEqual([resolve(ALERT, 2000)]);
  expect(noteDeliveries(book, delivered(over), 2000)).toEqual(EMPTY_BOOK);
});

test('keeps what could not be delivered, and sends it at the next run if it still fires', () => {
  const book = noteDeliveries(EMPTY_BOOK, lost([ALERT]), 5);
  expect(book).toEqual({ open: [], undelivered: [{ alert: ALERT, reason: 'lost', sinceMs: 5 }] });
  expect(planDeliveries([ALERT], book, { nowMs: 6, repeatMs: 1000 })).toEqual([ALERT]);
  expect(planDeliveries([], book, { nowMs: 6, repeatMs: 1000 })).toEqual([]);
  expect(noteDeliveries(book, lost([ALERT]), 9).undelivered).toMatchObject([{ sinceMs: 5 }]);
});

test('keeps an all-clear that could not be delivered until it is', () => {
  const open: PageBook = { open: [{ alert: ALERT, deliveredMs: 0 }], undelivered: [] };
  const over = planDeliveries([], open, { nowMs: 1, repeatMs: 1000 });
  const book = noteDeliveries(open, lost(over), 1);
  expect(book.open).toEqual([]);
  expect(planDeliveries([], book, { nowMs: 2, repeatMs: 1000 })).toEqual(over);
});

function delivered(alerts: readonly Alert[]) {
  return alerts.map((alert) => ({ alert, attempts: 1, reason: undefined }));
}

function lost(alerts: readonly Alert[]) {
  return alerts.map((alert) => ({ alert, attempts: 3, reason: 'lost' }));
}

async function gonePager() {
  await using pager = await startPager();
  return { url: pager.url };
}

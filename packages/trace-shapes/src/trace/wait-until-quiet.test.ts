import { expect, test } from 'vitest';
import type { LogRecord, Metric, Span, Telemetry } from '../otlp/telemetry.ts';
import type { Arrivals } from '../receive/wait-until.ts';
import { spanWith } from './span-with.ts';
import { waitUntilQuiet } from './wait-until-quiet.ts';

test('is quiet when nothing came for a while and no parent is missing', async () => {
  const arrivals = fakeArrivals();
  arrivals.arrive([spanWith({ spanId: 'a' }), spanWith({ spanId: 'b', parentSpanId: 'a' })]);
  expect(await waitUntilQuiet(arrivals, { quietMs: 5, deadlineMs: 10_000 })).toEqual({ quiet: true, missing: [] });
});

test('waits on until a missing parent has come', async () => {
  const arrivals = fakeArrivals();
  arrivals.arrive([spanWith({ spanId: 'b', parentSpanId: 'a' })]);
  let settled = false;
  const quiet = waitUntilQuiet(arrivals, { quietMs: 1, deadlineMs: 10_000 }).finally(() => {
    settled = true;
  });
  // A wait that looked only at the silence would be over when one of this length is.
  await waitUntilQuiet(fakeArrivals(), { quietMs: 10, deadlineMs: 10_000 });
  expect(settled).toBe(false);
  arrivals.arrive([spanWith({ spanId: 'a' })]);
  expect(await quiet).toEqual({ quiet: true, missing: [] });
});

test('says at the deadline which parents are missing and who waits for them', async () => {
  const arrivals = fakeArrivals();
  arrivals.arrive([spanWith({ spanId: 'b', name: 'charge card', parentSpanId: 'a' })]);
  expect(await waitUntilQuiet(arrivals, { quietMs: 1, deadlineMs: 20 })).toEqual({
    quiet: false,
    missing: [{ traceId: 't', spanId: 'a', children: ['charge card'] }],
  });
});

test('does not wait for a parent that is known to be elsewhere', async () => {
  const arrivals = fakeArrivals();
  arrivals.arrive([spanWith({ spanId: 'b', parentSpanId: 'a' })]);
  const options = { quietMs: 1, deadlineMs: 10_000, knownParents: new Set(['a']) };
  expect(await waitUntilQuiet(arrivals, options)).toEqual({ quiet: true, missing: [] });
});

test('does not wait for parents that a sender holds back, and says which they are', async () => {
  const arrivals = fakeArrivals();
  arrivals.arrive([spanWith({ spanId: 'b', name: 'charge card', parentSpanId: 'a' })]);
  expect(await waitUntilQuiet(arrivals, { quietMs: 1, deadlineMs: 10_000, parents: false })).toEqual({
    quiet: true,
    missing: [{ traceId: 't', spanId: 'a', children: ['charge card'] }],
  });
});

test('is not quiet while spans or logs keep coming, whatever the metrics do', async () => {
  const start = { spans: [], logs: [], metrics: [] };
  const log = { body: 'hi' } as unknown as LogRecord;
  const metric = { name: 'm' } as unknown as Metric;
  for (const [batch, quiet] of [
    [{ ...start, logs: [log] }, false],
    [{ ...start, metrics: [metric] }, true],
  ] as const) {
    const arrivals = fakeArrivals();
    const ticking = setInterval(() => arrivals.arriveAll(batch), 2);
    const result = await waitUntilQuiet(arrivals, { quietMs: 100, deadlineMs: 400 });
    clearInterval(ticking);
    expect(result.quiet).toBe(quiet);
  }
});

test('rejects when it is aborted', async () => {
  const abort = new AbortController();
  const waiting = waitUntilQuiet(fakeArrivals(), { quietMs: 1000, deadlineMs: 10_000, signal: abort.signal });
  abort.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
});

function fakeArrivals() {
  const listeners = new Set<(arrived: Telemetry) => void>();
  const spans: Span[] = [];
  const arrivals: Arrivals = {
    telemetry: { spans, logs: [], metrics: [] },
    closed: new AbortController().signal,
    onArrival(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const arriveAll = (arrived: Telemetry) => {
    spans.push(...arrived.spans);
    for (const listener of listeners) listener(arrived);
  };
  return { ...arrivals, arriveAll, arrive: (arrived: Span[]) => arriveAll({ spans: arrived, logs: [], metrics: [] }) };
}

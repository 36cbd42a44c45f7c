import type { Arrivals, Telemetry } from 'trace-shapes';
import { expect, test, vi } from 'vitest';
import { type SketchedSpan, sketchTelemetry } from '../test/sketched-run.ts';
import { settleTraces } from './settle-traces.ts';

test('tells of a trace once it is complete and quiet, however its spans are spread', () => {
  using live = watch();
  live.arrive(CHILD);
  live.pass(900);
  expect(live.told).toEqual([]);
  live.arrive(ROOT, OTHER);
  live.pass(99);
  expect(live.told).toEqual([]);
  live.pass(1);
  expect(live.told).toEqual([
    { names: ['POST /orders', 'charge card'], known: undefined },
    { names: ['GET /yarns'], known: undefined },
  ]);
});

test('tells of it again when more of it comes, and which spans were there before', () => {
  using live = watch();
  live.arrive(ROOT);
  live.pass(100);
  live.arrive(LATER);
  live.pass(100);
  expect(live.told).toEqual([
    { names: ['POST /orders'], known: undefined },
    { names: ['POST /orders', 'send confirmation'], known: 1 },
  ]);
});

test('tells of an incomplete trace at the deadline, which begins anew with each of its spans', () => {
  using live = watch();
  live.arrive(CHILD);
  live.pass(900);
  live.arrive(LATER);
  live.pass(999);
  expect(live.told).toEqual([]);
  live.pass(1);
  expect(live.told).toEqual([{ names: ['charge card', 'send confirmation'], known: undefined }]);
});

test('takes what has not settled as it is when nothing more will come', () => {
  using live = watch();
  live.arrive(CHILD);
  live.flush();
  expect(live.told).toEqual([{ names: ['charge card'], known: undefined }]);
  live.pass(5_000);
  expect(live.told).toHaveLength(1);
});

const ROOT: SketchedSpan = { trace: 'a', id: '1', name: 'POST /orders', kind: 'server', at: 0, for: 200 };
const CHILD: SketchedSpan = { trace: 'a', id: '2', parent: '1', name: 'charge card', at: 10, for: 140 };
const LATER: SketchedSpan = { trace: 'a', id: '3', parent: '1', name: 'send confirmation', at: 300, for: 10 };
const OTHER: SketchedSpan = { trace: 'b', id: '4', name: 'GET /yarns', kind: 'server', at: 500, for: 10 };

function watch() {
  vi.useFakeTimers();
  const told: { readonly names: readonly string[]; readonly known: number | undefined }[] = [];
  let listener: (arrived: Telemetry) => void = () => {};
  const arrivals: Arrivals = {
    telemetry: sketchTelemetry([]),
    closed: new AbortController().signal,
    onArrival(heard) {
      listener = heard;
      return () => {};
    },
  };
  const settler = settleTraces(arrivals, {
    quietMs: 100,
    deadlineMs: 1_000,
    onSettled: ({ trace, known }) => told.push({ names: trace.nodes.map(({ span }) => span.name), known: known?.size }),
  });
  return {
    ...settler,
    told,
    arrive: (...spans: SketchedSpan[]) => listener(sketchTelemetry(spans)),
    pass: (ms: number) => void vi.advanceTimersByTime(ms),
    [Symbol.dispose]() {
      settler[Symbol.dispose]();
      vi.useRealTimers();
    },
  };
}

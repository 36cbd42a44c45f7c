import { buildTraces, createPaint, renderPicture } from 'trace-shapes';
import { expect, test } from 'vitest';
import { type SketchedSpan, sketchTelemetry } from '../test/sketched-run.ts';
import { pictureTrace } from './picture-trace.ts';

test('what is done after the answer is drawn at the edge of the request', () => {
  expect(
    draw([request(100), { trace: 'a', id: '2', parent: '1', name: 'send mail', at: 150, for: 10 }]),
  ).toMatchInlineSnapshot(`
    "  POST /admin/nightly-report  internal  shop    100 ms  ████████████████████████
      └─ send mail                internal  shop     10 ms                         █"
  `);
});

test('a job that takes longer than the request that asked for it shows when it did what', () => {
  const job = { trace: 'a', id: '2', parent: '1', name: 'process nightly-report', at: 100, for: 900 };
  const first = { trace: 'a', id: '3', parent: '2', name: 'insert', at: 100, for: 50 };
  const last = { trace: 'a', id: '4', parent: '2', name: 'commit', at: 950, for: 50 };
  expect(draw([request(20), job, first, last])).toMatchInlineSnapshot(`
    "  POST /admin/nightly-report  internal  shop     20 ms  █
      └─ process nightly-report   internal  shop    900 ms    ██████████████████████
         ├─ insert                internal  shop     50 ms    █
         └─ commit                internal  shop     50 ms                        █"
  `);
});

function request(ms: number): SketchedSpan {
  return { trace: 'a', id: '1', name: 'POST /admin/nightly-report', at: 0, for: ms };
}

function draw(spans: readonly SketchedSpan[]): string {
  const [trace] = buildTraces(sketchTelemetry(spans).spans);
  if (!trace) throw new Error('There is no trace.');
  const lines = renderPicture(pictureTrace(trace), { width: 80, paint: createPaint(false), bars: true });
  return lines.map((line) => line.trimEnd()).join('\n');
}

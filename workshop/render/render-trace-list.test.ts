import { createPaint } from 'trace-shapes/render';
import { expect, test } from 'vitest';
import type { TraceSummary } from '../telemetry/summarise-trace.ts';
import { renderTraceList } from './render-trace-list.ts';

test('leaves the services out where not one could be read', () => {
  expect(draw(80)).toMatchInlineSnapshot(`
    "  trace        start   took  spans                     name
      0aed2936  +5.004 s  22 ms    654  a span of 11.77 s  POST /admin/nightly-repo…"
  `);
  expect(draw(90)).toMatchInlineSnapshot(`
    "  trace        start   took  spans                     name                        servic…
      0aed2936  +5.004 s  22 ms    654  a span of 11.77 s  POST /admin/nightly-report  shop, …"
  `);
});

function draw(width: number): string {
  return renderTraceList([report], 0, { width, paint: createPaint(false) }).join('\n');
}

const report: TraceSummary = {
  traceId: '0aed2936329a45f61c40d24816954470',
  name: 'POST /admin/nightly-report',
  startMs: 5_004,
  durationMs: 22,
  longestMs: 11_770,
  spans: 654,
  errors: 0,
  missing: 0,
  services: ['shop', 'worker'],
};

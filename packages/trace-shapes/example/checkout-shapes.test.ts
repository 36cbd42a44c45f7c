import { judge, renderVerdict } from 'trace-shapes';
import { expect, test } from 'vitest';
import { counterWith, logWith } from '../src/testing/sketch-signals.ts';
import { type SketchedSpan, sketchSpans } from '../src/testing/sketch-traces.ts';
import { call, request, work } from '../src/testing/spans.ts';
import { declined, run } from './checkout-shapes.ts';

const resource = { 'service.version': '1.4.2' };
const receipt: SketchedSpan = { ...work('send receipt'), kind: 'consumer', links: ['queue receipt'] };

/** A request whose reservation begins so many milliseconds after the payment. */
function order(laterMs: number, ...more: readonly SketchedSpan[]): SketchedSpan {
  const there = { ...request('POST /reservations'), service: 'warehouse', at: [13 + laterMs, 20] } as const;
  const children: readonly SketchedSpan[] = [
    { ...call('SELECT prices'), at: [2, 6] },
    { ...call('charge card'), at: [10, 40] },
    { ...call('POST', there), at: [12 + laterMs, 30] },
    { ...work('queue receipt'), kind: 'producer', at: [90, 1] },
    ...more,
  ];
  return { ...request('POST /orders', ...children), resource, at: [1, 98] };
}

test('judges a run as the example says', () => {
  const received = (root: SketchedSpan) => ({
    spans: sketchSpans([root, receipt]),
    logs: [logWith({ body: 'listening on 4101' })],
    metrics: [counterWith({ series: [{ outcome: 'approved' }] })],
  });
  expect(judge(run, received(order(0))).findings).toEqual([]);
  expect(renderVerdict(judge(run, received(order(40))))).toMatchInlineSnapshot(`
    "  POST /orders              server    shop          98 ms
      ├─ SELECT prices          client    shop         6.0 ms
      ├─ ✗ charge card          client    shop          40 ms  (1)
      ├─ ✗ POST                 client    shop          30 ms  (1)
      │  └─ POST /reservations  server    warehouse     20 ms
      └─ queue receipt          producer  shop         1.0 ms

      (1) not-parallel: \`charge card\` and \`POST\` took 72 ms together and the longest
          of them 40 ms: they do not run side by side.
          Each waits for the one before, or only some run at once, as with a pool
          that is too small. Start them all, then \`await Promise.all([…])\`."
  `);
});

test('judges an extended shape as the example says', () => {
  const spans = sketchSpans([order(0, { ...work('tell customer'), at: [92, 1] })]);
  const told = spans.find(({ name }) => name === 'tell customer');
  expect(judge(declined, { spans, logs: [logWith({ span: told, body: 'card declined' })] }).findings).toEqual([]);
  expect(judge(declined, { spans, logs: [logWith({ body: 'card declined' })] }).findings).toMatchObject([
    { code: 'uncorrelated-log', span: 'tell customer' },
  ]);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Span } from '../otlp/telemetry.ts';
import { anySpans } from '../testing/any-trace.ts';
import { sketchSpans, sketchTraces } from '../testing/sketch-traces.ts';
import { call, request, work } from '../testing/spans.ts';
import { buildTraces } from '../trace/build-traces.ts';
import { canonicalTrace, canonicalTraces } from './canonical-trace.ts';

const charge = {
  ...call('POST', { ...request('POST /charges'), service: 'payments' }),
  scope: '@opentelemetry/instrumentation-http',
  attributes: {
    'url.full': 'http://127.0.0.1:4103/charges?at=2026-11-21T09:00:00.123Z',
    'server.port': 4103,
    tags: ['a', 1, null],
  },
};
const checkout = {
  ...request(
    'POST /orders',
    work('load row'),
    { ...work('charge card', charge), status: 'error' as const },
    work('load row'),
  ),
  attributes: { 'order.id': 'P-10001', 'session.id': '123e4567-e89b-12d3-a456-426614174000' },
  events: ['card declined'],
};

test('writes what a trace is, without ids, times and ports', () => {
  const [trace] = sketchTraces(checkout);
  expect(trace && canonicalTrace(trace, { mask: ['order.id'], omit: [/^tags/] })).toMatchInlineSnapshot(`
    "server POST /orders (shop, test)
        order.id = <any>
        session.id = "<id>"
        event card declined
      internal charge card (shop, test)
          status error
        client POST (shop, @opentelemetry/instrumentation-http)
            server.port = <port>
            url.full = "http://127.0.0.1:<port>/charges?at=<time>"
          server POST /charges (payments, test)
      2 × internal load row (shop, test)"
  `);
});

test('names the span at the other end of a link, and spans whose parent never came', () => {
  const [enqueue, send, lost] = sketchSpans([work('enqueue receipt'), work('send receipt'), work('count visit')]) as [
    Span,
    Span,
    Span,
  ];
  const linked = { ...send, links: [enqueue, { ...lost, spanId: 'f'.repeat(16) }].map((to) => ({ ...to, flags: 1 })) };
  const orphan = { ...lost, parentSpanId: 'e'.repeat(16), traceId: enqueue.traceId };
  expect(canonicalTraces(buildTraces([enqueue, linked, orphan]))).toMatchInlineSnapshot(`
    "internal count visit (shop, test), whose parent never came
    internal enqueue receipt (shop, test)

    internal send receipt (shop, test)
        link to a span that is not here
        link to internal enqueue receipt"
  `);
});

test('counts traces that are alike', () => {
  expect(canonicalTraces(sketchTraces(request('GET /'), work('tick'), request('GET /')))).toMatchInlineSnapshot(`
    "internal tick (shop, test)

    2 traces like this:
    server GET / (shop, test)"
  `);
});

test('is the same whatever the order, the ids and the times are', () => {
  fc.assert(
    fc.property(anySpans, fc.integer(), fc.nat(1_000_000), (spans, seed, shift) => {
      expect(canonicalTraces(buildTraces(disguise(spans, seed, BigInt(shift))))).toBe(
        canonicalTraces(buildTraces(spans)),
      );
    }),
    { seed: 20, numRuns: 300 },
  );
});

test('differs when a span is left out, renamed or moved', () => {
  fc.assert(
    fc.property(anySpans, fc.nat(), (spans, pick) => {
      const at = pick % spans.length;
      const span = spans[at] as Span;
      const before = canonicalTraces(buildTraces(spans));
      expect(canonicalTraces(buildTraces(spans.toSpliced(at, 1)))).not.toBe(before);
      expect(canonicalTraces(buildTraces(spans.with(at, { ...span, name: 'quite another' })))).not.toBe(before);
      expect(canonicalTraces(buildTraces(spans.with(at, { ...span, parentSpanId: 'f'.repeat(16) })))).not.toBe(before);
    }),
    { seed: 20, numRuns: 200 },
  );
});

test('says of one trace the same beside others as alone', () => {
  fc.assert(
    fc.property(anySpans, anySpans, (some, others) => {
      const apart = disguise(others, 7, 0n).map((span) => ({ ...span, traceId: `ffff${span.traceId.slice(4)}` }));
      const texts = buildTraces(some).map((trace) => canonicalTrace(trace));
      const all = canonicalTraces(buildTraces([...some, ...apart]));
      for (const text of texts) expect(`\n\n${all}\n\n`).toContain(`${text}\n\n`);
    }),
    { seed: 20, numRuns: 100 },
  );
});

test('writes chains of 100,000 spans and 20,000 siblings', () => {
  const [step] = sketchSpans([work('step')]) as [Span];
  const chain = Array.from(
    { length: 100_000 },
    (_, i): Span => ({
      ...step,
      spanId: `${i}`,
      parentSpanId: i === 0 ? undefined : `${i - 1}`,
    }),
  );
  const deep = canonicalTraces(buildTraces(chain)).split('\n');
  expect(deep).toHaveLength(100_000);
  expect(deep.at(-1)?.trim()).toBe('[99999] internal step (shop, test)');
  const wide = chain.slice(0, 20_000).map((span, i) => ({ ...span, parentSpanId: i === 0 ? undefined : '0' }));
  expect(canonicalTraces(buildTraces(wide))).toBe('internal step (shop, test)\n  19999 × internal step (shop, test)');
});

/** The same spans in another order, with other ids and at another time; siblings by other times too. */
function disguise(spans: readonly Span[], seed: number, shift: bigint): readonly Span[] {
  const other = (id: string) => [...id].reverse().join('');
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return spans
    .map((span) => ({ span, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ span, key }) => {
      const late = shift + BigInt(Math.floor(key * 1e9));
      return {
        ...span,
        traceId: other(span.traceId),
        spanId: other(span.spanId),
        parentSpanId: span.parentSpanId && other(span.parentSpanId),
        startUnixNano: span.startUnixNano + late,
        endUnixNano: span.endUnixNano + late,
      };
    });
}

import fc from 'fast-check';
import type { Span } from '../otlp/telemetry.ts';
import { type SketchedSpan, sketchSpans } from './sketch-traces.ts';

const NAMES = ['a', 'b', 'price basket', 'price baskets', 'POST /orders', 'GET', '日本', "it's", '"', '`', '__proto__'];
const value = fc.oneof(
  fc.constantFrom(
    'x',
    'y',
    '2026-11-21T09:00:00Z',
    'http://127.0.0.1:4102/charges',
    '4bf92f3577b34da6a3ce929d0e0e4736',
  ),
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constant(null),
  fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 }),
);
const key = fc.constantFrom('order.id', 'server.port', 'url.full', '__proto__', 'constructor', 'db.query.text', 'ö');
const attributes = fc
  .array(fc.tuple(key, value), { maxLength: 3 })
  .map((pairs) => Object.assign(Object.create(null), Object.fromEntries(pairs)));

/** Any span of a sound trace with what is below it: every name, kind, value and time that one may meet. */
const anySketch = fc.letrec<{ span: SketchedSpan }>((tie) => ({
  span: fc.record(
    {
      name: fc.constantFrom(...NAMES),
      kind: fc.constantFrom('internal', 'server', 'client', 'producer', 'consumer', 'unspecified'),
      service: fc.constantFrom('shop', 'warehouse'),
      scope: fc.constantFrom('test', '@opentelemetry/instrumentation-http'),
      status: fc.constantFrom('unset', 'ok', 'error'),
      attributes,
      events: fc.array(fc.constantFrom('retry', 'exception'), { maxLength: 2 }),
      exception: fc.constantFrom('TypeError', '<id>'),
      at: fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 })),
      children: fc.oneof({ depthSize: 'small' }, fc.constant([]), fc.array(tie('span'), { maxLength: 4 })),
    },
    { requiredKeys: ['name'] },
  ) as fc.Arbitrary<SketchedSpan>,
})).span;

/** The spans of one to three sound traces. */
export const anySpans: fc.Arbitrary<readonly Span[]> = fc
  .array(anySketch, { minLength: 1, maxLength: 3 })
  .map((roots) => sketchSpans(roots));

/** The same, some of which link to others, and to spans that never came. */
export const anyLinkedSpans: fc.Arbitrary<readonly Span[]> = fc
  .tuple(anySpans, fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 6 }))
  .map(([spans, pairs]) => pairs.reduce(withLink, spans));

function withLink(spans: readonly Span[], [from, to]: readonly [number, number]): readonly Span[] {
  const near = spans[from % spans.length] as Span;
  const { traceId, spanId } = spans[to % (spans.length + 1)] ?? { traceId: 'f'.repeat(32), spanId: 'f'.repeat(16) };
  const link = { traceId, spanId, traceState: '', flags: 1, attributes: {}, droppedAttributesCount: 0 };
  return spans.with(from % spans.length, { ...near, links: [...near.links, link] });
}

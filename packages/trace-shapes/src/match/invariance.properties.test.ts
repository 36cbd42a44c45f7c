import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judge } from '../explain/explain.ts';
import type { LogRecord, Span } from '../otlp/telemetry.ts';
import { renderVerdict } from '../render/render-verdict.ts';
import { type Arranged, parallel, sequential, within } from '../shape/arrangement.ts';
import { internal, trace, traces } from '../shape/build.ts';
import { telemetry } from '../shape/compose.ts';
import { noLongerThan } from '../shape/duration.ts';
import { to } from '../shape/link.ts';
import { log } from '../shape/log.ts';
import { same } from '../shape/predicate.ts';
import type { SpanShape } from '../shape/shape.ts';
import { logWith } from '../testing/sketch-signals.ts';
import { type SketchedSpan, sketchSpans } from '../testing/sketch-traces.ts';

const NAMES = ['a', 'b', 'price basket', 'price baskets'] as const;

const ORDER = { attributes: { order: same('order') } };

/** Any tree of spans, at any time, with links, some of them lost. */
const sketch = fc.letrec<{ span: SketchedSpan }>((tie) => ({
  span: fc.record(
    {
      name: fc.constantFrom(...NAMES),
      lost: fc.boolean(),
      at: fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 })),
      links: fc.array(fc.constantFrom(...NAMES, 'nobody'), { maxLength: 1 }),
      attributes: fc.record({ order: fc.constantFrom('A', 'B') }),
      children: fc.oneof({ depthSize: 'small' }, fc.constant([]), fc.array(tie('span'), { maxLength: 3 })),
    },
    { requiredKeys: ['name'] },
  ) as fc.Arbitrary<SketchedSpan>,
})).span;

/** Any shape, that says of its children how they follow each other. */
const shape = fc.letrec<{ span: SpanShape }>((tie) => ({
  span: fc
    .record({
      name: fc.constantFrom(...NAMES),
      how: fc.constantFrom('sequential', 'parallel', 'within', 'open'),
      more: fc.constantFrom({}, { links: [to('a')] }, { lasts: noLongerThan('b') }, { logs: [log('done')] }, ORDER),
      children: fc.oneof({ depthSize: 'small' }, fc.constant([]), fc.array(tie('span'), { maxLength: 3 })),
    })
    .map(({ name, how, more, children }) => internal(name, more, ...arrange(how, children))),
})).span;

function arrange(how: string, children: readonly SpanShape[]): readonly Arranged[] {
  if (how === 'within') return children.map((child) => within(child));
  if (how === 'open') return children;
  return [how === 'parallel' ? parallel(...children) : sequential(...children)];
}

test('comes to the same verdict in any order, with any ids, at any time', () => {
  fc.assert(
    fc.property(
      fc.array(shape, { minLength: 1, maxLength: 2 }),
      fc.array(sketch, { maxLength: 3 }),
      fc.infiniteStream(fc.nat()),
      fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
      (shapes, roots, order, shiftNano) => {
        const expected = telemetry({ traces: traces(shapes.map((one) => trace(one))) });
        // No two at the very same nanosecond: only their order of arrival could tell those apart.
        const spans = sketchSpans(roots).map((span, i) => ({ ...span, startUnixNano: span.startUnixNano + BigInt(i) }));
        const logs = spans.map((span) => logWith({ span, body: 'done' })).filter((_, i) => i % 2 === 0);
        const verdict = (received: { spans: readonly Span[]; logs: readonly LogRecord[] }) =>
          withoutIds(renderVerdict(judge(expected, received)));
        const rename = renameIds();
        const moved = {
          spans: shuffle(spans, order).map((span) => move(span, rename, shiftNano)),
          logs: shuffle(logs, order).map((one) => ({ ...one, ...rename(one) })),
        };
        expect(verdict(moved)).toBe(verdict({ spans, logs }));
      },
    ),
    { seed: 4, numRuns: 500 },
  );
});

type Rename = <T extends { readonly traceId: string | undefined; readonly spanId: string | undefined }>(one: T) => T;

/** New ids, the same for the same wherever they stand. */
function renameIds(): Rename {
  const known = new Map<string, string>();
  const toNew = (id: string | undefined) => {
    if (id === undefined) return undefined;
    const renamed = known.get(id) ?? `${(known.size * 7919 + 13).toString(16)}`.padStart(id.length, '0');
    known.set(id, renamed);
    return renamed;
  };
  return (one) => ({ ...one, traceId: toNew(one.traceId), spanId: toNew(one.spanId) });
}

function move(span: Span, rename: Rename, by: bigint): Span {
  const { spanId: parentSpanId } = rename({ traceId: undefined, spanId: span.parentSpanId });
  return {
    ...rename(span),
    parentSpanId,
    startUnixNano: span.startUnixNano + by,
    endUnixNano: span.endUnixNano + by,
    links: span.links.map(rename),
  };
}

function shuffle<T>(items: readonly T[], order: Iterable<number>): readonly T[] {
  const keys = order[Symbol.iterator]();
  return items
    .map((item) => [keys.next().value as number, item] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, item]) => item);
}

/** Orphans are told by their parent's id, and mixed requests by their traces'. */
function withoutIds(text: string): string {
  return text.replace(/\b[0-9a-f]{16,32}\b/g, 'id').replace(/trace\s+[0-9a-f]{6}\b/g, 'trace id');
}

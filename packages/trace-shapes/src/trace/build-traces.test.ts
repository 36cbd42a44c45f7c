import { expect, test } from 'vitest';
import type { Span } from '../otlp/telemetry.ts';
import { buildTraces } from './build-traces.ts';
import { isComplete, missingParents } from './missing-parents.ts';
import { spanWith } from './span-with.ts';
import type { SpanNode, Trace } from './trace.ts';

test('links children to their parents whatever order they arrive in', () => {
  const [trace] = buildTraces([
    spanWith({ spanId: 'c', parentSpanId: 'b', start: 3 }),
    spanWith({ spanId: 'd', parentSpanId: 'a', start: 1 }),
    spanWith({ spanId: 'b', parentSpanId: 'a', start: 2 }),
    spanWith({ spanId: 'a', start: 1 }),
  ]);
  expect(outline(trace)).toBe('a(d b(c))');
  expect(trace?.nodes.map(({ span }) => span.spanId)).toEqual(['a', 'd', 'b', 'c']);
  expect(trace?.nodes.every((node) => node.trace === trace)).toBe(true);
  expect(trace?.nodes[3]?.parent?.parent?.span.spanId).toBe('a');
});

test('orders siblings by start, then end, then name', () => {
  const [trace] = buildTraces([
    spanWith({ spanId: 'r', start: 0 }),
    spanWith({ spanId: 'z', parentSpanId: 'r', start: 1, end: 5 }),
    spanWith({ spanId: 'y', parentSpanId: 'r', start: 1, end: 5 }),
    spanWith({ spanId: 'x', parentSpanId: 'r', start: 1, end: 6 }),
    spanWith({ spanId: 'w', parentSpanId: 'r', start: 0, end: 9 }),
  ]);
  expect(outline(trace)).toBe('r(w y z x)');
});

test('keeps traces apart, the earliest first', () => {
  const traces = buildTraces([
    spanWith({ traceId: 't2', spanId: 'a', start: 5 }),
    spanWith({ traceId: 't1', spanId: 'a', start: 1 }),
    spanWith({ traceId: 't2', spanId: 'b', parentSpanId: 'a', start: 6 }),
  ]);
  expect(traces.map((trace) => `${trace.traceId} ${outline(trace)}`)).toEqual(['t1 a', 't2 a(b)']);
});

test('has every second root', () => {
  const [trace] = buildTraces([spanWith({ spanId: 'a' }), spanWith({ spanId: 'b', start: 2 })]);
  expect(trace?.roots.map(({ span }) => span.spanId)).toEqual(['a', 'b']);
});

test('makes an orphan of a span whose parent never came, and says what is missing', () => {
  const [trace] = buildTraces([
    spanWith({ spanId: 'a' }),
    spanWith({ spanId: 'b', parentSpanId: 'x', start: 2 }),
    spanWith({ spanId: 'c', parentSpanId: 'b', start: 3 }),
    spanWith({ spanId: 'd', parentSpanId: 'x', start: 4 }),
  ]);
  expect(outline(trace)).toBe('a | orphans b(c) d');
  expect(trace && missingParents(trace)).toEqual([{ traceId: 't', spanId: 'x', children: ['b', 'd'] }]);
  expect(trace && isComplete(trace)).toBe(false);
});

test('takes a span below a known parent as a root', () => {
  const spans = [spanWith({ spanId: 'b', parentSpanId: 'x' })];
  const [trace] = buildTraces(spans, { knownParents: new Set(['x']) });
  expect(outline(trace)).toBe('b');
  expect(trace && isComplete(trace)).toBe(true);
});

test('gives the children of a duplicate span id to the earliest of its spans', () => {
  const [trace] = buildTraces([
    spanWith({ spanId: 'r', start: 0 }),
    spanWith({ spanId: 'a', name: 'late', parentSpanId: 'r', start: 2 }),
    spanWith({ spanId: 'a', name: 'early', parentSpanId: 'r', start: 1 }),
    spanWith({ spanId: 'b', parentSpanId: 'a', start: 3 }),
  ]);
  expect(outline(trace)).toBe('r(early(b) late)');
});

test('makes an orphan of a span that is its own parent', () => {
  const [trace] = buildTraces([
    spanWith({ spanId: 'a', parentSpanId: 'a' }),
    spanWith({ spanId: 'b', parentSpanId: 'a', start: 2 }),
  ]);
  expect(outline(trace)).toBe(' | orphans a(b)');
  expect(trace && isComplete(trace)).toBe(true);
});

test('breaks a cycle of parents at the span that starts first', () => {
  const [trace] = buildTraces([
    spanWith({ spanId: 'tail', parentSpanId: 'c', start: 0 }),
    spanWith({ spanId: 'a', parentSpanId: 'c', start: 3 }),
    spanWith({ spanId: 'b', parentSpanId: 'a', start: 1 }),
    spanWith({ spanId: 'c', parentSpanId: 'b', start: 2 }),
    spanWith({ spanId: 'p', parentSpanId: 'q', start: 6 }),
    spanWith({ spanId: 'q', parentSpanId: 'p', start: 5 }),
  ]);
  expect(outline(trace)).toBe(' | orphans b(c(tail a)) q(p)');
  expect(trace && isComplete(trace)).toBe(true);
});

test('builds no trace of no spans', () => {
  expect(buildTraces([])).toEqual([]);
});

test('builds a chain of 100,000 levels, and breaks a ring of as many', () => {
  const chain = Array.from({ length: 100_000 }, (_, level) =>
    spanWith({ spanId: `${level}`, parentSpanId: level === 0 ? undefined : `${level - 1}`, start: level }),
  );
  const [trace] = buildTraces(chain.toReversed());
  expect(trace?.roots).toHaveLength(1);
  expect(depthOf(trace?.nodes.at(-1))).toBe(100_000);

  const [first, ...rest] = chain;
  const ring = [...rest, { ...(first ?? spanWith({})), parentSpanId: '99999' }];
  const [broken] = buildTraces(ring);
  expect(broken?.orphans.map(({ span }) => span.spanId)).toEqual(['0']);
  expect(depthOf(broken?.nodes.at(-1))).toBe(100_000);
});

test('puts every span of any input into its tree once', () => {
  const random = randomNumbers(7);
  for (let round = 0; round < 300; round++) {
    const spans = Array.from({ length: random() % 40 }, () => {
      const parent = random() % 25;
      return spanWith({
        traceId: `t${random() % 3}`,
        spanId: `${random() % 20}`,
        parentSpanId: parent > 20 ? undefined : `${parent}`,
        start: random() % 10,
      });
    });
    const reached = buildTraces(spans).flatMap((trace) => [...trace.roots, ...trace.orphans].flatMap(descendants));
    expect(new Set(reached)).toEqual(new Set(spans));
    expect(reached).toHaveLength(spans.length);
  }
});

function descendants(node: SpanNode): Span[] {
  return [node.span, ...node.children.flatMap(descendants)];
}

function depthOf(node: SpanNode | undefined): number {
  let depth = 0;
  for (let at = node; at !== undefined; at = at.parent) depth++;
  return depth;
}

function outline(trace: Trace | undefined): string {
  if (trace === undefined) return 'no trace';
  const orphans = trace.orphans.length === 0 ? '' : ` | orphans ${trace.orphans.map(outlineNode).join(' ')}`;
  return trace.roots.map(outlineNode).join(' ') + orphans;
}

function outlineNode({ span, children }: SpanNode): string {
  return children.length === 0 ? span.name : `${span.name}(${children.map(outlineNode).join(' ')})`;
}

function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
}

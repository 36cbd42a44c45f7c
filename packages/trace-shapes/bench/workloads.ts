import {
  descendant,
  type Expected,
  exactly,
  internal,
  oneOrMore,
  type Span,
  same,
  server,
  trace,
} from '../src/index.ts';
import { type SketchedSpan, sketchSpans } from '../src/testing/sketch-traces.ts';

/** Spans of a size, and what is expected of them. */
export interface Workload {
  readonly name: string;
  readonly make: (size: number) => { readonly expected: Expected; readonly spans: readonly Span[] };
}

/** Every way in which traces grow: wide, deep, and many; as expected, and not. */
export const WORKLOADS: readonly Workload[] = [
  { name: 'wide, passes', make: (size) => wide(size, row) },
  {
    name: 'wide, an attribute wrong on every span',
    make: (size) => wide(size, (i) => ({ ...row(i), attributes: {} })),
  },
  { name: 'wide, every name misspelt', make: (size) => wide(size, (i) => ({ ...row(i), name: `load rows` })) },
  { name: 'wide, an N+1', make: (size) => ({ ...wide(size, row), expected: trace(server('GET /', ROW)) }) },
  {
    name: 'wide, twice as many as expected',
    make: (size) => ({ ...wide(size, row), expected: trace(server('GET /', exactly(Math.floor(size / 2), ROW))) }),
  },
  { name: 'deep, passes', make: (size) => deep(size, 'the last') },
  { name: 'deep, the last is missing', make: (size) => deep(size, 'another') },
  { name: 'many traces, pass', make: (size) => many(size, (id) => [order(id, [confirm(id)])]) },
  { name: 'many traces, every context lost', make: (size) => many(size, (id) => [order(id, []), confirm(id)]) },
  { name: 'many traces, every request mixed', make: (size) => many(size, (id) => [order(id, [confirm(id ^ 1)])]) },
  {
    name: 'many traces, every root lost',
    make: (size) => many(size, (id) => [{ ...order(id, [confirm(id)]), lost: true }]),
  },
  { name: 'many traces, a span missing in each', make: (size) => many(size, (id) => [order(id, [])]) },
  {
    name: 'many traces, half of what is expected',
    make: (size) => many(size, (id) => (id % 2 ? [order(id, [confirm(id)])] : [])),
  },
  {
    name: 'many traces, an attribute wrong in each',
    make: (size) => many(size, (id) => [order(id, [{ ...confirm(id), kind: 'client' }])]),
  },
];

/** Siblings of which each is nearly what several shapes ask for, so that no shortcut helps. */
export const NEAR_MISSES: Workload = {
  name: 'near misses, two shapes of like names',
  make(size) {
    const half = Math.floor(size / 2);
    const shapes = ['load row a', 'load row b'].map((name) => exactly(half, internal(name, { status: 'ok' })));
    const children = Array.from({ length: size }, (_, i) => ({ name: i % 2 === 0 ? 'load row c' : 'load row d' }));
    return {
      expected: trace(server('GET /', ...shapes)),
      spans: sketchSpans([{ name: 'GET /', kind: 'server', children }]),
    };
  },
};

const ROW = internal('load row', { attributes: { row: /^r/ } });

function row(i: number): SketchedSpan {
  return { name: 'load row', attributes: { row: `r${i}` } };
}

function wide(size: number, child: (i: number) => SketchedSpan) {
  const children = Array.from({ length: size - 1 }, (_, i) => child(i));
  return {
    expected: trace(server('GET /', oneOrMore(ROW))),
    spans: sketchSpans([{ name: 'GET /', kind: 'server', children }]),
  };
}

function deep(size: number, last: string) {
  let at: SketchedSpan = { name: last };
  for (let i = 0; i < size - 2; i++) at = { name: 'step', children: [at] };
  return {
    expected: trace(server('GET /', internal('step', descendant(internal('the last'))))),
    spans: sketchSpans([{ name: 'GET /', kind: 'server', children: [at] }]),
  };
}

function many(size: number, request: (id: number) => readonly SketchedSpan[]) {
  const count = Math.floor(size / 3);
  const id = { 'order.id': same('order') };
  const expected = exactly(
    count,
    trace(
      server('POST /orders', { attributes: id }, internal('price basket'), internal('confirm', { attributes: id })),
    ),
  );
  return { expected, spans: sketchSpans(Array.from({ length: count }, (_, i) => request(i)).flat()) };
}

function order(id: number, children: readonly SketchedSpan[]): SketchedSpan {
  return {
    name: 'POST /orders',
    kind: 'server',
    attributes: { 'order.id': id },
    children: [{ name: 'price basket' }, ...children],
  };
}

function confirm(id: number): SketchedSpan {
  return { name: 'confirm', attributes: { 'order.id': id } };
}

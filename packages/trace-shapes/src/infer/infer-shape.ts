import { isLibraryScope } from '../match/senders.ts';
import type { Span } from '../otlp/telemetry.ts';
import { anySpan, traces as tracesShape } from '../shape/build.ts';
import type { Count, Expected, SpanShape, TraceShape } from '../shape/shape.ts';
import type { SpanNode, Trace } from '../trace/trace.ts';
import { inferEvents, inferException } from './infer-events.ts';
import { createNameOfEnd, inferLinks, type NameOfEnd } from './infer-links.ts';
import { inferAttributes, type Omit } from './infer-value.ts';

/** What an inferred shape leaves out. */
export interface InferOptions {
  /** Attributes to leave out, by key. */
  readonly omit?: readonly (string | RegExp)[];
  /** Levels of a tree to take over; 24 if not given. */
  readonly depth?: number;
}

/**
 * A shape to start from: what came, without what will differ the next time. Spans of one parent with the same name,
 * kind and service are one shape with their number. What all of them have is expected: attributes with their value or,
 * where that differs or is an id, a time or a port, with its type; events; links, by the name of the span at the other
 * end; and the scope where it is a library's. Durations, order, resources, logs and metrics are left out.
 * Whatever is sound matches the shape that was inferred from it. Throws a `RangeError` if no spans came.
 * @example judge(inferShape(yesterday), buildTraces(receiver.telemetry.spans))
 */
export function inferShape(traces: readonly Trace[], options: InferOptions = {}): Expected {
  const roots = groupAlike(traces.flatMap((trace) => trace.roots));
  if (roots.length === 0)
    throw new RangeError('Failed to infer a shape: no root span came, so there is nothing to infer it from.');
  const { omit = [], depth = MOST_DEPTH } = options;
  const rules = { omit, nameOfEnd: createNameOfEnd(traces) };
  const shapes = roots.map((alike): TraceShape => {
    const root = inferSpan(alike, depth, rules);
    return { type: 'trace', root, through: [], count: exactly(alike.length) };
  });
  const [only] = shapes;
  return shapes.length === 1 && only?.count.max === 1 ? only : tracesShape(shapes);
}

interface Rules {
  readonly omit: Omit;
  readonly nameOfEnd: NameOfEnd;
}

/** One shape for spans that are alike, with everything below them down to a depth. */
function inferSpan(alike: readonly SpanNode[], depth: number, rules: Rules): SpanShape {
  const spans = alike.map(({ span }) => span);
  const { name, kind, service, scope } = spans[0] as Span;
  const isOfLibrary = isLibraryScope(scope.name) && spans.every((span) => span.scope.name === scope.name);
  return {
    ...anySpan(name),
    kind: kind === 'unspecified' ? undefined : kind,
    service: { type: 'literal', value: service },
    scope: isOfLibrary ? { type: 'literal', value: scope.name } : undefined,
    status: spans.every(({ status }) => status.code === 'error') ? 'error' : undefined,
    attributes: inferAttributes(
      spans.map(({ attributes }) => attributes),
      rules.omit,
    ),
    events: inferEvents(spans, rules.omit),
    exception: inferException(spans),
    links: inferLinks(spans, rules.nameOfEnd),
    children: depth <= 1 ? [] : inferChildren(alike, depth - 1, rules),
  };
}

/** A child that only some of them have is expected of none. */
function inferChildren(parents: readonly SpanNode[], depth: number, rules: Rules): readonly SpanShape[] {
  const perParent = parents.map(({ children }) => Map.groupBy(children, ({ span }) => likenessOf(span)));
  return groupAlike(parents.flatMap(({ children }) => children)).map((alike) => {
    const key = likenessOf((alike[0] as SpanNode).span);
    const counts = perParent.map((groups) => groups.get(key)?.length ?? 0);
    return { ...inferSpan(alike, depth, rules), count: countOf(counts) };
  });
}

function countOf(counts: readonly number[]): Count {
  return counts.reduce((count, next) => ({ min: Math.min(count.min, next), max: Math.max(count.max, next) }), {
    min: Number.POSITIVE_INFINITY,
    max: 0,
  });
}

function exactly(count: number): Count {
  return { min: count, max: count };
}

function groupAlike(nodes: readonly SpanNode[]): readonly (readonly SpanNode[])[] {
  return [...Map.groupBy(nodes, ({ span }) => likenessOf(span)).values()];
}

function likenessOf({ name, kind, service }: Span): string {
  return JSON.stringify([name, kind, service]);
}

const MOST_DEPTH = 24;

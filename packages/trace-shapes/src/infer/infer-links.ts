import type { Span, SpanLink } from '../otlp/telemetry.ts';
import { type LinkShape, to } from '../shape/link.ts';
import type { Trace } from '../trace/trace.ts';

/** The name of the span at the other end of a link, if that came. */
export type NameOfEnd = (link: SpanLink) => string | undefined;

/** Looks for the ends of links among all spans of some traces. */
export function createNameOfEnd(traces: readonly Trace[]): NameOfEnd {
  const names = new Map(
    traces.flatMap(({ nodes }) => nodes.map(({ span }) => [`${span.traceId} ${span.spanId}`, span.name] as const)),
  );
  return ({ traceId, spanId }) => names.get(`${traceId} ${spanId}`);
}

/** The links that each of several spans has, by the name of their other end, as often as the span that has the fewest. */
export function inferLinks(spans: readonly Span[], nameOfEnd: NameOfEnd): readonly LinkShape[] {
  const perSpan = spans.map(({ links }) => Map.groupBy(links, nameOfEnd));
  return [...(perSpan[0]?.keys() ?? [])].flatMap((name) => {
    const times = Math.min(...perSpan.map((links) => links.get(name)?.length ?? 0));
    return name === undefined || times === 0 ? [] : [to(name, { times })];
  });
}

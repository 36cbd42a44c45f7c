import { buildTraces, type Span, type Trace } from 'trace-shapes';

/**
 * Lets the taking up of a message, where it is a root that links to its sending, count as the child of that sending: the
 * semantic conventions allow either, and a shape need not say both.
 */
export function joinLinks(traces: readonly Trace[]): readonly Trace[] {
  const nodes = traces.flatMap((trace) => trace.nodes);
  const byId = new Map(nodes.map(({ span }) => [span.spanId, span]));
  const joined = new Map<string, Span>();
  for (const { span, parent } of nodes) {
    const sending = parent || span.kind !== 'consumer' ? undefined : onlySending(span, byId);
    if (sending && sending.traceId !== span.traceId) joined.set(span.traceId, sending);
  }
  if (joined.size === 0) return traces;
  return buildTraces(nodes.map(({ span }) => moved(span, joined)));
}

/** A batch of many stays a root of its own: it belongs to none of them more than to the others. */
function onlySending({ links, parentSpanId }: Span, byId: ReadonlyMap<string, Span>): Span | undefined {
  if (parentSpanId !== undefined || links.length !== 1) return undefined;
  return byId.get(links[0]?.spanId ?? '');
}

function moved(span: Span, joined: ReadonlyMap<string, Span>): Span {
  const sending = joined.get(span.traceId);
  if (!sending) return span;
  const isRoot = span.parentSpanId === undefined;
  const home = joined.get(sending.traceId)?.traceId ?? sending.traceId;
  return { ...span, traceId: home, ...(isRoot && { parentSpanId: sending.spanId }) };
}

import type { SpanNode, Trace } from '../trace/trace.ts';

/** Spans that were exported more than once: each later copy, with the one that came first in reading order. */
export function findCopies(traces: readonly Trace[]): ReadonlyMap<SpanNode, SpanNode> {
  const copies = new Map<SpanNode, SpanNode>();
  for (const { nodes } of traces) {
    const firsts = new Map<string, SpanNode>();
    for (const node of nodes) {
      const first = firsts.get(node.span.spanId);
      if (first === undefined) firsts.set(node.span.spanId, node);
      else copies.set(node, first);
    }
  }
  return copies;
}

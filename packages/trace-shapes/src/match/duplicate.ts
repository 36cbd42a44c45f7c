import type { Span } from '../otlp/telemetry.ts';
import type { SpanNode } from '../trace/trace.ts';

/**
 * Whether two spans stand for one piece of work: the same name and service, and one within the other, as when a
 * library is instrumented twice or a hand-made span wraps the library's own; or one span that was exported twice.
 */
export function isDuplicateOf(node: SpanNode, other: SpanNode): boolean {
  const [a, b] = [node.span, other.span];
  if (a.spanId === b.spanId) return true;
  if (a.name !== b.name || a.service !== b.service) return false;
  if (node.parent === other || other.parent === node) return true;
  return node.parent === other.parent && a.scope.name !== b.scope.name && overlap(a, b);
}

function overlap(a: Span, b: Span): boolean {
  return a.startUnixNano <= b.endUnixNano && b.startUnixNano <= a.endUnixNano;
}

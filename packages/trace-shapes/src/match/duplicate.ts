import type { Span } from '../otlp/telemetry.ts';
import type { SpanNode } from '../trace/trace.ts';
import { isLibraryScope } from './senders.ts';
import type { View } from './view.ts';

/**
 * Whether two spans stand for one piece of work: the same name and service, and one within the other, as when a
 * library is instrumented twice or a hand-made span wraps the library's own.
 */
export function isDuplicateOf(node: SpanNode, other: SpanNode, { parentOf }: Pick<View, 'parentOf'>): boolean {
  const [a, b] = [node.span, other.span];
  if (a.name !== b.name || a.service !== b.service || areTwoEnds(a, b)) return false;
  if (parentOf(node) === other || parentOf(other) === node) return true;
  return parentOf(node) === parentOf(other) && a.scope.name !== b.scope.name && overlap(a, b);
}

/**
 * Whether a span by hand wraps a library's own span for the same call, whatever it is named: both are of one kind, which
 * work within a service is not.
 */
export function isWrappedBy(node: SpanNode, around: SpanNode): boolean {
  const [inner, outer] = [node.span, around.span];
  return (
    inner.kind !== 'internal' &&
    inner.kind === outer.kind &&
    inner.service === outer.service &&
    isLibraryScope(inner.scope.name) &&
    !isLibraryScope(outer.scope.name)
  );
}

/** The two ends of one message are two pieces of work, also when a service calls itself. */
function areTwoEnds({ kind: a }: Span, { kind: b }: Span): boolean {
  return ENDS.some(([from, to]) => (a === from && b === to) || (a === to && b === from));
}

const ENDS = [
  ['client', 'server'],
  ['producer', 'consumer'],
] as const;

function overlap(a: Span, b: Span): boolean {
  return a.startUnixNano <= b.endUnixNano && b.startUnixNano <= a.endUnixNano;
}

import type { SpanNode } from '../trace/trace.ts';
import { type Claims, isFree } from './claims.ts';
import { isWrappedBy } from './duplicate.ts';
import type { Fact } from './fact.ts';
import type { Gap } from './gap.ts';

/** Says why a span that was found is not where it should be. */
export function misplacedFact({ shape, parent, lens }: Gap, node: SpanNode, claims: Claims): Fact {
  if (parent === undefined) return { code: 'wrong-parent', shape, node, parent };
  const top = topOf(node);
  const isSplitOff = node === top && node.span.parentSpanId === parent.span.spanId;
  if (node === top && node.span.parentSpanId !== undefined && !isSplitOff)
    return { code: 'orphan-span', shape, node, unfinished: undefined };
  if (node.trace === parent.trace) {
    const around = lens.view.parentOf(node);
    const isByHandAround =
      around && isFree(around, claims) && lens.view.parentOf(around) === parent && isWrappedBy(node, around);
    if (!isByHandAround) return { code: 'wrong-parent', shape, node, parent };
    claims.explained.add(around);
    return { code: 'duplicate-span', shape, node: around, of: node, exportedTwice: false };
  }
  if (node !== top && isRequest(top, claims)) return { code: 'mixed-requests', shape, node, parent, foundIn: top };
  return { code: 'lost-context', shape, node, parent };
}

function isRequest(top: SpanNode, { roots }: Claims): boolean {
  const { kind } = top.span;
  return kind === 'server' || kind === 'consumer' || roots.has(top);
}

function topOf(node: SpanNode): SpanNode {
  let top = node;
  while (top.parent) top = top.parent;
  return top;
}

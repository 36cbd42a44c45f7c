import { type Bindings, holds } from '../shape/predicate.ts';
import type { SpanShape } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';
import type { Claims } from './claims.ts';
import { compareSpan } from './compare-span.ts';
import type { Lens } from './trace-match.ts';

/** Finds spans that nothing has been taken for yet, by their names. */
export interface SpanIndex {
  /** The free span that is likeliest to be the one that is missing below `parent`, if there is any. */
  takeBest(shape: SpanShape, parent: SpanNode | undefined, bindings: Bindings, lens: Lens): SpanNode | undefined;
}

/** Indexes all spans of a comparison. */
export function createSpanIndex(claims: Claims): SpanIndex {
  const byName = Map.groupBy(
    claims.traces.flatMap((trace) => trace.nodes),
    ({ span }) => span.name,
  );
  return {
    takeBest(shape, parent, bindings, lens) {
      let best: { node: SpanNode; rank: number } | undefined;
      for (const node of freeSpans(shape)) {
        const comparison = compareSpan(shape, node.span, bindings);
        if (!comparison.plausible || !lens.view.isVisible(node) || isAbove(node, parent)) continue;
        const rank = comparison.cost * 10 + placeRank(node, parent);
        if (best === undefined || rank < best.rank) best = { node, rank };
      }
      return best?.node;
    },
  };

  function freeSpans(shape: SpanShape): readonly SpanNode[] {
    const found: SpanNode[] = [];
    for (const [name, nodes] of byName) {
      if (!holds(shape.name, name, NOTHING_BOUND)) continue;
      const free = nodes.filter((node) => !claims.meanings.has(node));
      byName.set(name, free);
      found.push(...free.slice(0, MOST_CANDIDATES));
    }
    return found;
  }
}

/** In the same trace before a trace of its own, and that before another request's. */
function placeRank(node: SpanNode, parent: SpanNode | undefined): number {
  if (parent && node.trace === parent.trace) return 0;
  return node.parent === undefined ? 1 : 2;
}

function isAbove(node: SpanNode, below: SpanNode | undefined): boolean {
  for (let at = below; at !== undefined; at = at.parent) if (at === node) return true;
  return false;
}

const NOTHING_BOUND: Bindings = new Map();
const MOST_CANDIDATES = 2_000;

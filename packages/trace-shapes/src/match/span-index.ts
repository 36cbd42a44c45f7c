import { optionsOf } from '../shape/describe-shape.ts';
import { type Bindings, holds, NOTHING_BOUND } from '../shape/predicate.ts';
import type { SpanShape } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';
import { type Claims, isFree } from './claims.ts';
import { compareSpan } from './compare-span.ts';
import type { Lens } from './trace-match.ts';

/** Finds spans that nothing has been taken for yet, by their names. */
export interface SpanIndex {
  /** The free span that is likeliest to be the one that is missing below `parent`, if there is any. */
  takeBest(shape: SpanShape, parent: SpanNode | undefined, bindings: Bindings, lens: Lens): SpanNode | undefined;
}

/**
 * Indexes all spans of a comparison. A search looks at those of the same trace, then at roots of their own, then at those
 * in other requests' traces, a bounded number of each; the first without a difference is the best there is.
 */
export function createSpanIndex(claims: Claims): SpanIndex {
  const nodes = claims.traces.flatMap((trace) => trace.nodes);
  const byName = toLists(Map.groupBy(nodes, ({ span }) => span.name));
  const topsByName = toLists(
    Map.groupBy(
      nodes.filter((node) => node.parent === undefined),
      ({ span }) => span.name,
    ),
  );
  const byTrace = toLists(Map.groupBy(nodes, ({ span }) => `${span.traceId} ${span.name}`));
  const namesOf = new Map<SpanShape, readonly string[]>();

  return {
    takeBest(shape, parent, bindings, lens) {
      let best: { node: SpanNode; rank: number } | undefined;
      for (const node of candidates(shape, parent)) {
        if (!lens.view.isVisible(node) || isAbove(node, parent)) continue;
        const comparison = compareSpan(shape, node.span, bindings);
        const rank = comparison.cost * 10 + placeRank(node, parent);
        if (comparison.plausible && (best === undefined || rank < best.rank)) best = { node, rank };
        if (best?.node === node && comparison.cost === 0) break;
      }
      return best?.node;
    },
  };

  function* candidates(shape: SpanShape, parent: SpanNode | undefined): Generator<SpanNode> {
    const names = namesOf.get(shape) ?? namesThatHold(shape);
    namesOf.set(shape, names);
    if (parent) for (const name of names) yield* freeIn(byTrace.get(`${parent.span.traceId} ${name}`));
    for (const name of names) yield* freeIn(topsByName.get(name));
    for (const name of names) yield* freeIn(byName.get(name));
  }

  function namesThatHold(shape: SpanShape): readonly string[] {
    const options = optionsOf(shape);
    return [...byName.keys()].filter((name) => options.some((option) => holds(option.name, name, NOTHING_BOUND)));
  }

  /** Spans are mostly taken in their order, so that the start of the list moves on. */
  function* freeIn(list: FreeList | undefined): Generator<SpanNode> {
    if (!list) return;
    const { nodes } = list;
    while (list.start < nodes.length && !isFree(nodes[list.start] as SpanNode, claims)) list.start++;
    let looked = 0;
    for (let i = list.start; i < nodes.length && looked < MOST_CANDIDATES; i++) {
      const node = nodes[i] as SpanNode;
      if (!isFree(node, claims)) continue;
      looked++;
      yield node;
    }
  }
}

interface FreeList {
  readonly nodes: readonly SpanNode[];
  start: number;
}

function toLists(groups: ReadonlyMap<string, readonly SpanNode[]>): ReadonlyMap<string, FreeList> {
  return new Map([...groups].map(([name, nodes]) => [name, { nodes, start: 0 }]));
}

/** In the same trace before a trace of its own, and that before another request's. */
function placeRank(node: SpanNode, parent: SpanNode | undefined): number {
  if (parent && node.trace === parent.trace) return 0;
  return node.parent === undefined ? 1 : 2;
}

function isAbove(node: SpanNode, below: SpanNode | undefined): boolean {
  if (node.trace !== below?.trace) return false;
  for (let at: SpanNode | undefined = below; at !== undefined; at = at.parent) if (at === node) return true;
  return false;
}
const MOST_CANDIDATES = 1_000;

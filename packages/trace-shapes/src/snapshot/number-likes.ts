import type { SpanNode, Trace } from '../trace/trace.ts';
import type { Describe } from './describe-span.ts';

/** Spans with all that is below them, by number: two have the same number if they are alike, whatever their ids and times. */
export interface Forest {
  /** For each trace, the numbers of its tops in canonical order. */
  readonly traces: readonly (readonly number[])[];
  readonly linesOf: (number: number) => readonly string[];
  /** The numbers of the children, in canonical order. */
  readonly childrenOf: (number: number) => readonly number[];
}

/**
 * Numbers all spans from the leaves up, level by level, each level in the order of its texts: so the numbers, and with them
 * the order of siblings, depend on nothing but what is alike (Aho, Hopcroft and Ullman's isomorphism of trees). Takes
 * near linear time and any depth.
 */
export function numberLikes(traces: readonly Trace[], describe: Describe): Forest {
  const lines: (readonly string[])[] = [];
  const children: (readonly number[])[] = [];
  const numberOf = new Map<SpanNode, number>();
  const inOrder = (nodes: readonly SpanNode[]) => {
    const numbers = nodes.map((node) => numberOf.get(node) as number);
    return numbers.sort((a, b) => compare(lines[a]?.[0] ?? '', lines[b]?.[0] ?? '') || a - b);
  };
  for (const level of levelsOf(traces)) {
    const alike = Map.groupBy(
      level.map((node) => ({ node, text: describe(node), below: inOrder(node.children) })),
      ({ text, below }) => `${text.join('\n')}\n\n${below.join(' ')}`,
    );
    for (const [first, ...others] of [...alike.values()].sort(([a], [b]) => compareSubtrees(a, b))) {
      if (!first) continue;
      for (const { node } of [first, ...others]) numberOf.set(node, lines.length);
      children.push(first.below);
      lines.push(first.text);
    }
  }
  return {
    traces: traces.map(({ roots, orphans }) => inOrder([...roots, ...orphans])),
    linesOf: (number) => lines[number] ?? [],
    childrenOf: (number) => children[number] ?? [],
  };
}

/** All spans by their height: leaves, then what has only leaves below it, and so on. */
function levelsOf(traces: readonly Trace[]): readonly (readonly SpanNode[])[] {
  const levels: SpanNode[][] = [];
  const pending = traces.flatMap(({ roots, orphans }) => [...roots, ...orphans]);
  const order: SpanNode[] = [];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    order.push(node);
    for (const child of node.children) pending.push(child);
  }
  const heights = new Map<SpanNode, number>();
  // Each comes before those above it.
  for (const node of order.reverse()) {
    const height = node.children.reduce((most, child) => Math.max(most, (heights.get(child) ?? 0) + 1), 0);
    heights.set(node, height);
    const level = levels[height];
    if (level) level.push(node);
    else levels[height] = [node];
  }
  return levels;
}

interface Subtree {
  readonly text: readonly string[];
  readonly below: readonly number[];
}

/** By nothing that other traces could change: numbers shift when there are more, but their order stays. */
function compareSubtrees(a: Subtree | undefined, b: Subtree | undefined): number {
  if (!a || !b) return 0;
  const byText = compare(a.text.join('\n'), b.text.join('\n'));
  if (byText !== 0) return byText;
  const at = a.below.findIndex((number, i) => number !== b.below[i]);
  return at === -1 ? a.below.length - b.below.length : (a.below[at] ?? 0) - (b.below[at] ?? Number.NEGATIVE_INFINITY);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

import type { Bindings } from '../shape/predicate.ts';
import type { SpanShape } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';
import { bindPlaceholders, compareSpan } from './compare-span.ts';
import { pairGroup } from './pair-group.ts';
import type { Pair, Pairing, Shortage } from './pairing.ts';
import type { View } from './view.ts';

/** Makes the comparison for one view. Results are kept, since optimal pairing asks for the same ones again. */
export function createPair(view: View): Pair {
  const known = new WeakMap<Bindings, WeakMap<SpanShape, WeakMap<SpanNode, { pairing: Pairing | undefined }>>>();
  const pair: Pair = (shape, node, bindings) => {
    const nodes = getOrMake(getOrMake(known, bindings), shape);
    const kept = nodes.get(node);
    if (kept) return kept.pairing;
    const pairing = pairSpan(shape, node, bindings, view, pair);
    nodes.set(node, { pairing });
    return pairing;
  };
  return pair;
}

/** Compares the given spans with the child shapes, as if they were the children of the shape's span. */
export function pairChildren(
  shapes: readonly SpanShape[],
  candidates: readonly SpanNode[],
  bindings: Bindings,
  pair: Pair,
): { readonly children: readonly Pairing[]; readonly bindings: Bindings } {
  const groups = pairGroup(
    shapes.map(({ count }) => count),
    candidates,
    (index, candidate) => pair(shapes[index] as SpanShape, candidate, bindings),
  );
  const children: Pairing[] = [];
  let bound = bindings;
  for (const chosen of groups.flat()) {
    const pairing = bound === bindings ? chosen : (pair(chosen.shape, chosen.node, bound) ?? chosen);
    children.push(pairing);
    bound = pairing.bindings;
  }
  return { children, bindings: bound };
}

function pairSpan(shape: SpanShape, node: SpanNode, bindings: Bindings, view: View, pair: Pair): Pairing | undefined {
  const comparison = compareSpan(shape, node.span, bindings);
  if (!comparison.plausible) return undefined;
  const wanted = shape.children.filter(({ count }) => count.max > 0);
  const [near, far] = [wanted.filter(isChild), wanted.filter((child) => !isChild(child))];
  const direct = pairChildren(near, view.childrenOf(node), bindPlaceholders(shape, node.span, bindings), pair);
  const taken = new Set(direct.children.map((child) => child.node));
  const below = far.length === 0 ? [] : [...view.descendantsOf(node)].filter((candidate) => !taken.has(candidate));
  const deep = pairChildren(far, below, direct.bindings, pair);
  const children = [...direct.children, ...deep.children];
  const missing = shortages(wanted, children);
  return {
    shape,
    node,
    differences: comparison.differences,
    children,
    missing,
    cost: comparison.cost + sum(children.map(({ cost }) => cost)) + 2 * sum(missing.map(({ short }) => short)),
    bindings: deep.bindings,
  };
}

/** The shapes that got fewer pairings than they ask for. */
export function shortages(shapes: readonly SpanShape[], pairings: readonly Pairing[]): readonly Shortage[] {
  return shapes.flatMap((shape) => {
    const found = pairings.filter((pairing) => pairing.shape === shape).map(({ node }) => node);
    return found.length < shape.count.min ? [{ shape, found, short: shape.count.min - found.length }] : [];
  });
}

function isChild(shape: SpanShape): boolean {
  return shape.axis === 'child';
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function getOrMake<K extends object, L extends object, V>(map: WeakMap<K, WeakMap<L, V>>, key: K): WeakMap<L, V> {
  const kept = map.get(key) ?? new WeakMap<L, V>();
  map.set(key, kept);
  return kept;
}

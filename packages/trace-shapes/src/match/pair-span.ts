import type { Bindings } from '../shape/predicate.ts';
import type { SpanShape } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';
import { bindPlaceholders, compareSpan, type SpanComparison } from './compare-span.ts';
import { pairGroup } from './pair-group.ts';
import type { Pair, Pairing, Shortage } from './pairing.ts';
import type { View } from './view.ts';

/** Makes the comparison for one view. Results are kept, since optimal pairing asks for the same ones again. */
export function createPair(view: View): Pair {
  const known = new WeakMap<Bindings, WeakMap<SpanShape, WeakMap<SpanNode, { pairing: Pairing | undefined }>>>();
  const pairKept = (shape: SpanShape, node: SpanNode, bindings: Bindings) => {
    const nodes = getOrMake(getOrMake(known, bindings), shape);
    const kept = nodes.get(node);
    if (kept) return kept.pairing;
    const pairing =
      shape.alternatives.length === 0
        ? pairSpan(shape, node, bindings, view, pair)
        : pairAlternatives(shape, node, bindings, pair);
    nodes.set(node, { pairing });
    return pairing;
  };
  const pair: Pair = Object.assign(pairKept, {
    anyhow: (shape: SpanShape, node: SpanNode, bindings: Bindings) =>
      pairBelow(shape, node, bindings, compareSpan(shape, node.span, bindings), { view, pair }),
  });
  return pair;
}

function pairAlternatives(slot: SpanShape, node: SpanNode, bindings: Bindings, pair: Pair): Pairing | undefined {
  const pairings = slot.alternatives.flatMap((shape) => pair(shape, node, bindings) ?? []);
  const best = pairings.toSorted((a, b) => a.cost - b.cost)[0];
  return best && { ...best, slot };
}

/** Compares the given spans with the child shapes, as if they were the children of the shape's span. */
export function pairChildren(
  shapes: readonly SpanShape[],
  candidates: readonly SpanNode[],
  bindings: Bindings,
  pair: Pair,
): { readonly children: readonly Pairing[]; readonly bindings: Bindings } {
  const chosen = pairBound(shapes, candidates, bindings, pair);
  if (!chosen.conflict) return chosen;
  // Several requests' spans are here: try what each one binds, and keep what fits the most.
  const proposals = new Set(candidates.flatMap((node) => shapes.map((shape) => pair(shape, node, bindings)?.bindings)));
  const choices = [...proposals]
    .filter((proposal) => proposal !== undefined && proposal !== bindings)
    .slice(0, MOST_PROPOSALS)
    .map((proposal) => pairBound(shapes, candidates, proposal as Bindings, pair));
  return choices.reduce((best, choice) => (isBetter(choice, best) ? choice : best), chosen);
}

interface Choice {
  readonly children: readonly Pairing[];
  readonly bindings: Bindings;
  /** Whether two of the spans carried different values for one placeholder, so that one was left out. */
  readonly conflict: boolean;
}

function pairBound(
  shapes: readonly SpanShape[],
  candidates: readonly SpanNode[],
  bindings: Bindings,
  pair: Pair,
): Choice {
  const groups = pairGroup(
    shapes.map(({ count }) => count),
    candidates,
    (index, candidate) => pair(shapes[index] as SpanShape, candidate, bindings),
  );
  const children: Pairing[] = [];
  let bound = bindings;
  let conflict = false;
  for (const chosen of groups.flat()) {
    const pairing = bound === bindings ? chosen : pair(chosen.slot, chosen.node, bound);
    if (pairing) children.push(pairing);
    else conflict = true;
    bound = pairing?.bindings ?? bound;
  }
  return { children, bindings: bound, conflict };
}

function isBetter(a: Choice, b: Choice): boolean {
  const costOf = ({ children }: Choice) => sum(children.map(({ cost }) => cost));
  return a.children.length === b.children.length ? costOf(a) < costOf(b) : a.children.length > b.children.length;
}

const MOST_PROPOSALS = 16;

function pairSpan(shape: SpanShape, node: SpanNode, bindings: Bindings, view: View, pair: Pair): Pairing | undefined {
  const comparison = compareSpan(shape, node.span, bindings);
  if (!comparison.plausible && !mayBeRenamed(shape, node, comparison, view)) return undefined;
  const pairing = pairBelow(shape, node, bindings, comparison, { view, pair });
  return comparison.plausible || isTold(pairing) ? pairing : undefined;
}

/** A span with quite another name may still be the one that was meant, if all that was expected below it is below it. */
function mayBeRenamed(shape: SpanShape, node: SpanNode, { differences }: SpanComparison, view: View): boolean {
  const required = shape.children.filter(({ count }) => count.min > 0);
  const [difference] = differences;
  return (
    shape.name.type === 'literal' &&
    differences.length === 1 &&
    difference?.aspect === 'name' &&
    required.length > 0 &&
    view.childrenOf(node).length >= required.filter(isChild).length
  );
}

function isTold({ children, missing }: Pairing): boolean {
  if (missing.length > 0 || children.some(({ cost }) => cost > 0)) return false;
  return children.length + sum(children.map((child) => child.children.length)) >= TELLING_CHILDREN;
}

const TELLING_CHILDREN = 2;

function pairBelow(
  shape: SpanShape,
  node: SpanNode,
  bindings: Bindings,
  comparison: SpanComparison,
  { view, pair }: { readonly view: View; readonly pair: Pair },
): Pairing {
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
    slot: shape,
    node,
    differences: comparison.differences,
    children,
    missing,
    cost: comparison.cost + sum(children.map(({ cost }) => cost)) + sum(missing.map(costOfMissing)),
    bindings: deep.bindings,
  };
}

/** What is there is never worse than what is not: each missing span costs more than one of quite another name. */
function costOfMissing({ shape, short }: Shortage): number {
  return 6 * short * sizeOf(shape);
}

/** How many spans a shape asks for, itself and all below it. */
function sizeOf(shape: SpanShape): number {
  const size = sizes.get(shape) ?? 1 + sum(shape.children.map((child) => child.count.min * sizeOf(child)));
  sizes.set(shape, size);
  return size;
}

const sizes = new WeakMap<SpanShape, number>();

/** The shapes that got fewer pairings than they ask for. */
export function shortages(shapes: readonly SpanShape[], pairings: readonly Pairing[]): readonly Shortage[] {
  return shapes.flatMap((shape) => {
    const found = pairings.filter((pairing) => pairing.slot === shape).map(({ node }) => node);
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

import { optionsOf } from '../shape/describe-shape.ts';
import type { SpanShape, TracesShape } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';
import { type ClaimedPairing, type Claims, isFree } from './claims.ts';
import { isDuplicateOf, isWrappedBy } from './duplicate.ts';
import type { Fact } from './fact.ts';
import { hasRemoteParent } from './remote-parent.ts';
import type { Lens } from './trace-match.ts';
import { isSeenThrough, type View } from './view.ts';

/** Judges the spans that were taken for nothing: most are no mistake, since shapes are open. */
export function judgeLeftovers(claims: Claims, lenses: readonly Lens[], expected: TracesShape): void {
  for (const claimed of [...claims.pairings]) judgeChildren(claimed, claims);
  for (const lens of lenses) judgeSurplusTraces(lens, claims);
  for (const orphan of claims.traces.flatMap((trace) => trace.orphans)) {
    if (isFree(orphan, claims)) report(claims, orphan, strayFact(orphan, claims));
  }
  if (expected.only) judgeOtherTraces(claims, lenses, expected);
}

/** A parent in another process of which nothing came in this trace was left out there; one of this process never ended. */
function strayFact(node: SpanNode, { senders }: Claims): Fact {
  const isAlone = [...senders.servicesIn(node.trace)].every((service) => service === node.span.service);
  return hasRemoteParent(node.span) && isAlone
    ? { code: 'partial-trace', shape: undefined, node, parent: undefined }
    : { code: 'orphan-span', node, shape: undefined, unfinished: undefined };
}

function judgeChildren({ pairing, match }: ClaimedPairing, claims: Claims): void {
  if (!match) return;
  const { lens } = match;
  const children = lens.view.childrenOf(pairing.node);
  judgeDuplicates(pairing.node, children, lens.view, claims);
  for (const shape of pairing.shape.children) {
    const below = shape.axis === 'child' ? children : [...lens.view.descendantsOf(pairing.node)];
    const isSuch = (node: SpanNode) => lens.pair(shape, node, pairing.bindings)?.cost === 0;
    judgeSurplus({ shape, expected: shape.count, parent: pairing.node, isSuch }, below, claims);
  }
  if (!pairing.shape.only) return;
  for (const node of children)
    if (isFree(node, claims)) report(claims, node, { code: 'unexpected-span', node, shape: undefined });
}

function judgeDuplicates(parent: SpanNode, children: readonly SpanNode[], view: View, claims: Claims): void {
  children.forEach((node, i) => {
    if (!isFree(node, claims)) return;
    // Children are in the order of their starts, and twins start together.
    const beside = children.slice(Math.max(i - TWINS_WITHIN, 0), i + TWINS_WITHIN + 1);
    const near = [parent, ...beside, ...view.childrenOf(node).slice(0, TWINS_WITHIN)];
    const twin = near.find((other) => other !== node && claims.meanings.has(other) && isTwin(node, other, view));
    if (!twin) return;
    const shape = claims.meanings.get(twin);
    report(claims, node, { code: 'duplicate-span', shape, node, of: twin, exportedTwice: false });
  });
}

function isTwin(node: SpanNode, other: SpanNode, view: View): boolean {
  return isDuplicateOf(node, other, view) || (other.parent === node && isWrappedBy(other, node));
}

interface Surplus {
  readonly shape: SpanShape;
  readonly expected: SpanShape['count'];
  readonly parent: SpanNode | undefined;
  readonly isSuch: (node: SpanNode) => boolean;
}

/** Spans just like those that were asked for, but more of them; or such as must not be there at all. */
function judgeSurplus({ shape, expected, parent, isSuch }: Surplus, candidates: readonly SpanNode[], claims: Claims) {
  const surplus = candidates.filter((node) => isFree(node, claims) && isSuch(node));
  if (expected.max === 0) {
    for (const node of surplus) report(claims, node, { code: 'unexpected-span', node, shape });
    return;
  }
  const options = optionsOf(shape);
  const isMeant = (node: SpanNode) => options.some((option) => claims.meanings.get(node) === option);
  const counted = candidates.filter((node) => isMeant(node));
  if (surplus.length === 0 || counted.length + surplus.length <= expected.max) return;
  for (const node of surplus) claims.explained.add(node);
  claims.facts.push({ code: 'wrong-count', shape, expected, nodes: [...counted, ...surplus], parent });
}

function judgeSurplusTraces({ shape, view, pair }: Lens, claims: Claims): void {
  const tops = claims.traces.flatMap((trace) => view.topsOf(trace));
  const isSuch = (node: SpanNode) => pair(shape.root, node, new Map())?.cost === 0;
  judgeSurplus({ shape: shape.root, expected: shape.count, parent: undefined, isSuch }, tops, claims);
}

/** Roots that nobody asked for; one that is seen through counts as what is visible below it. */
function judgeOtherTraces(claims: Claims, lenses: readonly Lens[], { ignore }: TracesShape): void {
  for (const root of claims.traces.flatMap((trace) => trace.roots)) {
    const isIgnored = ignore.some((rule) => isSeenThrough(rule, root.span));
    const isTaken = lenses.some(({ view }) => view.topsOf(root.trace).some((top) => !isFree(top, claims)));
    if (isFree(root, claims) && !isIgnored && !(isTaken && lenses.some(({ view }) => !view.isVisible(root))))
      report(claims, root, { code: 'unexpected-span', node: root, shape: undefined });
  }
}

function report(claims: Claims, node: SpanNode, fact: Claims['facts'][number]): void {
  claims.explained.add(node);
  claims.facts.push(fact);
}

const TWINS_WITHIN = 8;

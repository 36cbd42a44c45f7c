import type { Bindings } from '../shape/predicate.ts';
import type { SpanShape } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';
import { type Claims, claim, isFree } from './claims.ts';
import { compareSpan } from './compare-span.ts';
import type { Fact } from './fact.ts';
import { pairChildren } from './pair-span.ts';
import type { Shortage } from './pairing.ts';
import { createSpanIndex, type SpanIndex } from './span-index.ts';
import type { Lens, TraceMatch } from './trace-match.ts';

/** A shortage, and where the span should have been. */
interface Gap extends Shortage {
  readonly lens: Lens;
  /** The span that should have been the parent; `undefined` for a missing root. */
  readonly parent: SpanNode | undefined;
  readonly match: TraceMatch | undefined;
}

/**
 * Finds out what became of every span that was expected and is not in its place: it may be an orphan, be part of
 * another request's trace, be the root of its own, hang below another parent, or not be there at all.
 */
export function resolveShortages(claims: Claims, lenses: readonly Lens[]): void {
  const index = createSpanIndex(claims);
  const gaps = [
    ...rootGaps(claims, lenses),
    ...claims.pairings.flatMap(({ pairing, match }) => gapsOf(pairing, match)),
  ];
  // Grows while it is walked: filling a gap can open others.
  for (const gap of gaps) for (const further of fill(gap, claims, index)) gaps.push(further);
}

function rootGaps(claims: Claims, lenses: readonly Lens[]): readonly Gap[] {
  return lenses.flatMap((lens) => {
    const found = claims.matches.filter((match) => match.lens === lens).map(({ pairing }) => pairing.node);
    const short = lens.shape.count.min - found.length;
    return short > 0 ? [{ lens, shape: lens.shape.root, found, short, parent: undefined, match: undefined }] : [];
  });
}

function gapsOf(
  pairing: { readonly node: SpanNode; readonly missing: readonly Shortage[] },
  match: TraceMatch | undefined,
): readonly Gap[] {
  if (!match) return [];
  return pairing.missing.map((shortage) => ({ ...shortage, lens: match.lens, parent: pairing.node, match }));
}

/** Explains one gap; the gaps of the spans that it found elsewhere are returned, to be explained as well. */
function fill(gap: Gap, claims: Claims, index: SpanIndex): readonly Gap[] {
  const further: Gap[] = [];
  let short = gap.short;
  while (short > 0) {
    const node = index.takeBest(gap.shape, gap.parent, boundIn(gap), gap.lens);
    if (node === undefined) break;
    const pairing = gap.lens.pair(gap.shape, node, boundIn(gap));
    if (pairing === undefined) break;
    claims.facts.push(misplaced(gap, node, claims));
    const match = gap.match ?? { lens: gap.lens, pairing };
    for (const added of claim(claims, pairing, match)) further.push(...gapsOf(added.pairing, match));
    short--;
  }
  if (short > 0) short -= adoptOrphans({ ...gap, short }, claims, further);
  if (short > 0) reportShortage({ ...gap, short }, claims);
  return further;
}

function boundIn({ match }: Gap): Bindings {
  return match?.pairing.bindings ?? NOTHING_BOUND;
}

/** Says why a span that was found is not where it should be. */
function misplaced({ shape, parent }: Gap, node: SpanNode, claims: Claims): Fact {
  const top = topOf(node);
  if (parent === undefined) return { code: 'wrong-parent', shape, node, parent };
  if (node === top && node.span.parentSpanId !== undefined)
    return { code: 'orphan-span', shape, node, unfinished: undefined };
  if (node.trace === parent.trace) return { code: 'wrong-parent', shape, node, parent };
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

/**
 * A span that never ended is never exported, and leaves its children behind as orphans: where some stand in the trace
 * of a gap, or look like the children of the missing span, the gap is that unfinished span.
 * @returns how many of the missing spans that explains
 */
function adoptOrphans(gap: Gap, claims: Claims, further: Gap[]): number {
  const traces = gap.parent ? [gap.parent.trace] : claims.traces;
  const free = traces.flatMap((trace) => trace.orphans).filter((orphan) => isFree(orphan, claims));
  let adopted = 0;
  for (const siblings of Map.groupBy(free, ({ span }) => `${span.traceId} ${span.parentSpanId}`).values()) {
    if (adopted < gap.short && adopt(siblings, gap, claims, further)) adopted++;
  }
  return adopted;
}

function adopt(orphans: readonly SpanNode[], gap: Gap, claims: Claims, further: Gap[]): boolean {
  const { children } = pairChildren(gap.shape.children, orphans, boundIn(gap), gap.lens.pair);
  const alike = children.filter(({ differences }) => !differences.some(({ aspect }) => aspect === 'name'));
  const [first] = alike.length > 0 ? alike.map(({ node }) => node) : gap.parent ? orphans : [];
  if (first === undefined) return false;
  claims.facts.push({ code: 'orphan-span', node: first, shape: claims.meanings.get(first), unfinished: gap.shape });
  for (const pairing of alike) {
    const match = gap.match ?? { lens: gap.lens, pairing };
    for (const added of claim(claims, pairing, match)) further.push(...gapsOf(added.pairing, match));
  }
  for (const orphan of orphans) if (!claims.meanings.has(orphan)) claims.explained.add(orphan);
  return true;
}

function reportShortage({ shape, parent, found, match, lens }: Gap, claims: Claims): void {
  const expected = parent === undefined ? lens.shape.count : shape.count;
  if (parent && match && claimAnothersIdentity(shape, parent, match, claims)) return;
  if (found.length > 0) claims.facts.push({ code: 'wrong-count', shape, expected, nodes: found, parent });
  else {
    claims.facts.push({ code: 'missing-span', shape, parent });
    if (parent && match) adoptGrandchildren(shape, parent, match, claims);
  }
}

/** A span that is in its place, but for the identity of another request that it carries and that is not here. */
function claimAnothersIdentity(shape: SpanShape, parent: SpanNode, match: TraceMatch, claims: Claims): boolean {
  const { bindings } = match.pairing;
  const isMeant = (node: SpanNode) => {
    const { differences } = compareSpan(shape, node.span, bindings);
    return isFree(node, claims) && differences.every((one) => one.aspect === 'attribute' && one.identity);
  };
  const node = match.lens.view.childrenOf(parent).find(isMeant);
  const pairing = node && match.lens.pair(shape, node, NOTHING_BOUND);
  if (!pairing) return false;
  const { differences } = compareSpan(shape, pairing.node.span, bindings);
  claim(claims, { ...pairing, differences, bindings }, match);
  return true;
}

/** The children of a missing span often hang directly below its parent: that is the same mistake, not another. */
function adoptGrandchildren(shape: SpanShape, parent: SpanNode, match: TraceMatch, claims: Claims): void {
  const free = match.lens.view.childrenOf(parent).filter((node) => !claims.meanings.has(node));
  const { children } = pairChildren(shape.children, free, match.pairing.bindings, match.lens.pair);
  for (const pairing of children) claim(claims, pairing, match);
}

const NOTHING_BOUND: Bindings = new Map();

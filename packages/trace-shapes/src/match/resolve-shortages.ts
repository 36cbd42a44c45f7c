import { optionsOf } from '../shape/describe-shape.ts';
import { holds, NOTHING_BOUND } from '../shape/predicate.ts';
import type { SpanShape } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';
import { absenceFact } from './absence-fact.ts';
import { type Claims, claim, isFree } from './claims.ts';
import { compareSpan } from './compare-span.ts';
import { boundIn, type Gap } from './gap.ts';
import { misplacedFact } from './misplaced-fact.ts';
import { pairChildren } from './pair-span.ts';
import type { Shortage } from './pairing.ts';
import { hasRemoteParent } from './remote-parent.ts';
import { createSpanIndex, type SpanIndex } from './span-index.ts';
import type { Lens, TraceMatch } from './trace-match.ts';

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
    claims.facts.push(misplacedFact(gap, node, claims));
    const match = gap.match ?? { lens: gap.lens, pairing };
    for (const added of claim(claims, pairing, match)) further.push(...gapsOf(added.pairing, match));
    short--;
  }
  if (short > 0) short -= adoptOrphans({ ...gap, short }, claims, further);
  if (short > 0) reportShortage({ ...gap, short }, claims);
  return further;
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
  // A trace that was cut begins anywhere below; a span that never ended left its own children behind.
  const isCut = orphans.some((orphan) => isCutAbove(orphan, gap, claims));
  const shapes = isCut ? shapesBelow(gap.shape) : gap.shape.children;
  const { children } = pairChildren(shapes, orphans, boundIn(gap), gap.lens.pair);
  const alike = children.filter(({ differences }) => !differences.some(({ aspect }) => aspect === 'name'));
  const [first] = alike.length > 0 ? alike.map(({ node }) => node) : gap.parent ? orphans : [];
  if (first === undefined) return false;
  claims.facts.push(
    isCut
      ? { code: 'partial-trace', shape: gap.shape, node: first, parent: gap.parent }
      : { code: 'orphan-span', node: first, shape: claims.meanings.get(first), unfinished: gap.shape },
  );
  for (const pairing of alike) {
    const match = gap.match ?? { lens: gap.lens, pairing };
    for (const added of claim(claims, pairing, match)) further.push(...gapsOf(added.pairing, match));
  }
  for (const orphan of orphans) if (!claims.meanings.has(orphan)) claims.explained.add(orphan);
  return true;
}

function shapesBelow(shape: SpanShape): readonly SpanShape[] {
  return shape.children.flatMap((child) => [child, ...shapesBelow(child)]);
}

/** Whether the parent is of another process, which sent nothing in this trace: one span that never ended looks otherwise. */
function isCutAbove(orphan: SpanNode, { shape, parent }: Gap, { senders }: Claims): boolean {
  if (parent || !hasRemoteParent(orphan.span)) return false;
  const { service } = shape;
  const services = [...senders.servicesIn(orphan.trace)];
  return service
    ? !services.some((name) => holds(service, name, NOTHING_BOUND))
    : services.every((name) => name === orphan.span.service);
}

function reportShortage(gap: Gap, claims: Claims): void {
  const { shape, parent, found, match, lens } = gap;
  const expected = parent === undefined ? lens.shape.count : shape.count;
  if (parent && match && claimAnothersIdentity(shape, parent, match, claims)) return;
  if (claimRenamed(gap, claims)) return;
  if (found.length > 0) claims.facts.push({ code: 'wrong-count', shape, expected, nodes: found, parent });
  else {
    claims.facts.push(absenceFact(gap, claims));
    if (parent && match) adoptGrandchildren(shape, parent, match, claims);
  }
}

/** Where no span but those that are named may stand, the one that differs by its name only is the one that was meant. */
function claimRenamed({ shape, parent, match, lens, short }: Gap, claims: Claims): boolean {
  const isStrict = parent === undefined ? claims.only : claims.meanings.get(parent)?.only;
  if (!isStrict || short !== 1) return false;
  const places = parent ? lens.view.childrenOf(parent) : claims.traces.flatMap((trace) => lens.view.topsOf(trace));
  const bindings = match?.pairing.bindings ?? NOTHING_BOUND;
  const pairings = places
    .filter((node) => isFree(node, claims))
    .slice(0, MOST_RENAMED)
    .flatMap((node) =>
      optionsOf(shape).map((option) => ({ ...lens.pair.anyhow(option, node, bindings), slot: shape })),
    );
  const renamed = pairings.find(
    ({ differences, children, missing }) =>
      differences.length === 1 &&
      differences[0]?.aspect === 'name' &&
      missing.length === 0 &&
      children.every(({ cost }) => cost === 0),
  );
  if (!renamed) return false;
  claim(claims, renamed, match ?? { lens, pairing: renamed });
  return true;
}

const MOST_RENAMED = 16;

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

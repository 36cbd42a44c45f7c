import type { SpanShape, TracesShape } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';
import type { ClaimedPairing, Claims } from './claims.ts';
import { compareSpan } from './compare-span.ts';
import { isDuplicateOf } from './duplicate.ts';
import type { Lens } from './trace-match.ts';
import { isSeenThrough, type View } from './view.ts';

/** Judges the spans that were taken for nothing: most are no mistake, since shapes are open. */
export function judgeLeftovers(claims: Claims, lenses: readonly Lens[], expected: TracesShape): void {
  for (const claimed of [...claims.pairings]) judgeChildren(claimed, claims);
  const tops = new Set(lenses.flatMap(({ view }) => claims.traces.flatMap((trace) => view.topsOf(trace))));
  judgeSurplusTraces(
    [...tops].filter((top) => isFree(top, claims)),
    claims,
    lenses,
  );
  for (const trace of claims.traces) {
    for (const orphan of trace.orphans) {
      if (isFree(orphan, claims))
        report(claims, orphan, { code: 'orphan-span', node: orphan, shape: undefined, unfinished: undefined });
    }
  }
  if (!expected.only) return;
  for (const node of claims.traces.flatMap((trace) => trace.roots)) {
    const isIgnored = expected.ignore.some((rule) => isSeenThrough(rule, node.span));
    if (isFree(node, claims) && !isIgnored) report(claims, node, { code: 'unexpected-span', node, shape: undefined });
  }
}

function judgeChildren({ pairing, match }: ClaimedPairing, claims: Claims): void {
  if (!match) return;
  const { view } = match.lens;
  const children = view.childrenOf(pairing.node);
  judgeDuplicates(pairing.node, children, view, claims);
  for (const shape of pairing.shape.children) {
    const below = shape.axis === 'child' ? children : [...view.descendantsOf(pairing.node)];
    judgeSurplus(shape, shape.count, below, pairing.node, claims);
  }
  if (!pairing.shape.only) return;
  for (const node of children)
    if (isFree(node, claims)) report(claims, node, { code: 'unexpected-span', node, shape: undefined });
}

function judgeDuplicates(parent: SpanNode, children: readonly SpanNode[], view: View, claims: Claims): void {
  const taken = Map.groupBy(
    [parent, ...children].filter((node) => claims.meanings.has(node)),
    ({ span }) => span.name,
  );
  for (const node of children.filter((child) => isFree(child, claims))) {
    const others = [
      ...(taken.get(node.span.name) ?? []),
      ...view.childrenOf(node).filter((below) => claims.meanings.has(below)),
    ];
    const twin = others.find((other) => isDuplicateOf(node, other));
    if (!twin) continue;
    const exportedTwice = twin.span.spanId === node.span.spanId;
    report(claims, node, { code: 'duplicate-span', shape: claims.meanings.get(twin), node, of: twin, exportedTwice });
  }
}

/** Spans just like those that were asked for, but more of them; or such as must not be there at all. */
function judgeSurplus(
  shape: SpanShape,
  expected: SpanShape['count'],
  candidates: readonly SpanNode[],
  parent: SpanNode | undefined,
  claims: Claims,
): void {
  const surplus = candidates.filter((node) => isFree(node, claims) && isSuch(shape, node));
  if (expected.max === 0) {
    for (const node of surplus) report(claims, node, { code: 'unexpected-span', node, shape });
    return;
  }
  const counted = candidates.filter((node) => claims.meanings.get(node) === shape);
  if (surplus.length === 0 || counted.length + surplus.length <= expected.max) return;
  for (const node of surplus) claims.explained.add(node);
  claims.facts.push({ code: 'wrong-count', shape, expected, nodes: [...counted, ...surplus], parent });
}

function judgeSurplusTraces(tops: readonly SpanNode[], claims: Claims, lenses: readonly Lens[]): void {
  for (const { shape } of lenses) {
    const matched = claims.matches.filter(({ lens }) => lens.shape === shape).map(({ pairing }) => pairing.node);
    judgeSurplus(shape.root, shape.count, [...matched, ...tops], undefined, claims);
  }
}

function isSuch(shape: SpanShape, node: SpanNode): boolean {
  return compareSpan(shape, node.span, new Map()).differences.every(
    ({ aspect }) => aspect !== 'name' && aspect !== 'kind' && aspect !== 'service',
  );
}

function isFree(node: SpanNode, { meanings, explained }: Claims): boolean {
  return !meanings.has(node) && !explained.has(node);
}

function report(claims: Claims, node: SpanNode, fact: Claims['facts'][number]): void {
  claims.explained.add(node);
  claims.facts.push(fact);
}

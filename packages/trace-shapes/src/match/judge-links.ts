import type { SpanLink } from '../otlp/telemetry.ts';
import type { LinkShape } from '../shape/link.ts';
import { holds, isEqual, NOTHING_BOUND } from '../shape/predicate.ts';
import type { SpanNode } from '../trace/trace.ts';
import type { Claims } from './claims.ts';
import type { Fact, LinkEnds } from './fact.ts';
import type { Pairing } from './pairing.ts';
import { labelOf, type Roles } from './roles.ts';

/** The links that spans should carry and do not. Where no span at all has the role, that is the mistake, and not the link. */
export function linkFacts(claims: Claims, roles: Roles): readonly Fact[] {
  const linking = claims.pairings.filter(({ pairing }) => pairing.shape.links.length > 0);
  if (linking.length === 0) return [];
  const byId = new Map<string, SpanNode>();
  for (const { nodes } of claims.traces) for (const node of nodes) byId.set(idOf(node.span), node);
  const nodes = [...byId.values()];
  return linking.flatMap(({ pairing }) =>
    pairing.shape.links.flatMap((expected): readonly Fact[] => {
      const { shape, node } = pairing;
      const isRole = (other: SpanNode) => hasRole(other, expected, roles);
      const ends = node.span.links.map((link) => ({ link, end: byId.get(idOf(link)) }));
      const there = ends.filter(({ link, end }) => end && isRole(end) && isSuch(link, expected));
      const right = there.filter(({ end }) => end && isOfOneRequest(pairing, roles.pairingOf(end)));
      if (right.length >= expected.times || !nodes.some(isRole)) return [];
      const actual: LinkEnds = {
        nodes: ends.flatMap(({ end }) => end ?? []),
        lost: ends.filter(({ end }) => !end).length,
        right: right.length,
        instead: there.length > right.length ? 'another-request' : insteadOf(node, isRole, nodes),
      };
      return [{ code: 'missing-link', shape, node, expected, actual }];
    }),
  );
}

function hasRole(node: SpanNode, { to }: LinkShape, roles: Roles): boolean {
  const pairing = roles.pairingOf(node);
  const label = pairing && labelOf(pairing);
  if (to.type === 'literal' && roles.hasLabel(String(to.value))) return label === to.value;
  return (label !== undefined && holds(to, label, NOTHING_BOUND)) || holds(to, node.span.name, NOTHING_BOUND);
}

function isSuch(link: SpanLink, { attributes }: LinkShape): boolean {
  return Object.entries(attributes).every(([key, expected]) => holds(expected, link.attributes[key], NOTHING_BOUND));
}

/** A link joins two traces: where both ends carry the same placeholder, it must stand for one value. */
function isOfOneRequest(near: Pairing, far: Pairing | undefined): boolean {
  if (!far) return true;
  return [...near.bindings].every(([placeholder, value]) => {
    const there = far.bindings.get(placeholder);
    return there === undefined || isEqual(there, value);
  });
}

function insteadOf(
  node: SpanNode,
  isRole: (node: SpanNode) => boolean,
  nodes: readonly SpanNode[],
): LinkEnds['instead'] {
  if (node.parent && isRole(node.parent)) return 'child-of';
  const isBack = (other: SpanNode) => other.span.links.some((link) => idOf(link) === idOf(node.span));
  return nodes.some((other) => isRole(other) && isBack(other)) ? 'other-way-round' : undefined;
}

function idOf({ traceId, spanId }: { readonly traceId: string; readonly spanId: string }): string {
  return `${traceId} ${spanId}`;
}

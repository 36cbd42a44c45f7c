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
  const ends = createEnds(claims, roles);
  return linking.flatMap(({ pairing }) =>
    pairing.shape.links.flatMap((expected): readonly Fact[] => {
      const { shape, node } = pairing;
      const links = node.span.links.map((link) => ({ link, end: ends.of(link) }));
      const there = links.filter(({ link, end }) => end && hasRole(end, expected, roles) && isSuch(link, expected));
      const right = there.filter(({ end }) => end && isOfOneRequest(pairing, roles.pairingOf(end)));
      if (right.length >= expected.times || !ends.haveRole(expected)) return [];
      const actual: LinkEnds = {
        nodes: links.flatMap(({ end }) => end ?? []),
        lost: links.filter(({ end }) => !end).length,
        right: right.length,
        instead: there.length > right.length ? 'another-request' : insteadOf(node, expected, ends, roles),
      };
      return [{ code: 'missing-link', shape, node, expected, actual }];
    }),
  );
}

/** All spans, as the ends of links. */
interface Ends {
  of(link: SpanLink): SpanNode | undefined;
  /** The spans that link to this one. */
  linkingTo(node: SpanNode): readonly SpanNode[];
  /** Whether any span has the role. */
  haveRole(expected: LinkShape): boolean;
}

function createEnds({ traces }: Claims, roles: Roles): Ends {
  const nodes = traces.flatMap((trace) => trace.nodes);
  const byId = new Map(nodes.map((node) => [idOf(node.span), node]));
  const backwards = Map.groupBy(
    nodes.flatMap((node) => node.span.links.map((link) => ({ id: idOf(link), node }))),
    ({ id }) => id,
  );
  const known = new Map<LinkShape, boolean>();
  return {
    of: (link) => byId.get(idOf(link)),
    linkingTo: (node) => (backwards.get(idOf(node.span)) ?? []).map((one) => one.node),
    haveRole(expected) {
      const has = known.get(expected) ?? nodes.some((node) => hasRole(node, expected, roles));
      known.set(expected, has);
      return has;
    },
  };
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

function insteadOf(node: SpanNode, expected: LinkShape, ends: Ends, roles: Roles): LinkEnds['instead'] {
  if (node.parent && hasRole(node.parent, expected, roles)) return 'child-of';
  return ends.linkingTo(node).some((other) => hasRole(other, expected, roles)) ? 'other-way-round' : undefined;
}

function idOf({ traceId, spanId }: { readonly traceId: string; readonly spanId: string }): string {
  return `${traceId} ${spanId}`;
}

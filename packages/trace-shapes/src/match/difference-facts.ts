import { type Bindings, holds } from '../shape/predicate.ts';
import type { SpanNode } from '../trace/trace.ts';
import type { ClaimedPairing, Claims } from './claims.ts';
import { deprecatedKeysFor } from './deprecated-attributes.ts';
import type { Difference, Elsewhere, Fact } from './fact.ts';

/** The mistakes in single spans that are, by their place or name, the ones that were meant. */
export function differenceFacts(claims: Claims): readonly Fact[] {
  return claims.pairings.flatMap((claimed) =>
    claimed.pairing.differences.map((difference) => toFact(difference, claimed, claims)),
  );
}

function toFact(difference: Difference, { pairing, match }: ClaimedPairing, claims: Claims): Fact {
  const { shape, node } = pairing;
  switch (difference.aspect) {
    case 'name':
      return { code: difference.highCardinality ? 'high-cardinality-name' : 'wrong-name', shape, node };
    case 'kind':
      return { code: 'wrong-kind', shape, node };
    case 'status':
      return { code: 'wrong-status', shape, node };
    case 'service':
      return { code: 'wrong-service', shape, node, expected: difference.expected };
    case 'scope':
      return { code: 'wrong-scope', shape, node, expected: difference.expected };
    case 'event':
      return { code: 'missing-event', shape, node, expected: difference.expected };
    case 'duration':
      return { code: 'ended-too-early', shape, node, atLeastMs: difference.atLeastMs };
    case 'attribute':
      return attributeFact(difference, { pairing, match }, claims);
  }
}

type AttributeDifference = Extract<Difference, { aspect: 'attribute' }>;

function attributeFact(difference: AttributeDifference, { pairing, match }: ClaimedPairing, claims: Claims): Fact {
  const { shape, node } = pairing;
  const { key, expected, actual } = difference;
  const bindings = match?.pairing.bindings ?? pairing.bindings;
  const details = { shape, node, key, expected, actual, bindings };
  if (expected.type === 'absent') return { code: 'forbidden-attribute', ...details };
  if (actual !== undefined) return { code: 'wrong-attribute', ...details };
  const deprecatedKey = deprecatedKeysFor(key).find((old) => node.span.attributes[old] !== undefined);
  if (deprecatedKey !== undefined) return { code: 'deprecated-attribute', shape, node, key, deprecatedKey };
  const elsewhere = findElsewhere(difference, node, bindings, claims);
  if (elsewhere) return { code: 'misplaced-attribute', shape, node, key, elsewhere };
  return { code: 'missing-attribute', ...details };
}

/** Looks where the attribute may have been set by mistake: the resource, the parent, the children, the siblings. */
function findElsewhere(
  { key, expected }: AttributeDifference,
  node: SpanNode,
  bindings: Bindings,
  { meanings }: Claims,
): Elsewhere | undefined {
  if (holds(expected, node.span.resource.attributes[key], bindings)) return { on: 'resource' };
  const near = [node.parent, ...node.children, ...(node.parent?.children ?? [])];
  const holder = near.find(
    (other) =>
      other !== undefined &&
      other !== node &&
      meanings.get(other)?.attributes[key] === undefined &&
      holds(expected, other.span.attributes[key], bindings),
  );
  return holder && { on: 'span', node: holder };
}

import { holds } from '../shape/predicate.ts';
import type { SpanNode } from '../trace/trace.ts';
import { type AttributeSearch, createAttributeSearch } from './attribute-search.ts';
import type { ClaimedPairing, Claims } from './claims.ts';
import { compareSpan } from './compare-span.ts';
import { deprecatedKeysFor } from './deprecated-attributes.ts';
import type { Difference, Fact } from './fact.ts';
import type { Pairing } from './pairing.ts';
import type { Senders } from './senders.ts';
import { isWithoutRoute } from './without-route.ts';

/** The mistakes in single spans that are, by their place or name, the ones that were meant. */
export function differenceFacts(claims: Claims): readonly Fact[] {
  const lookup = { search: createAttributeSearch(claims.meanings), senders: claims.senders };
  const twins = new Map(
    claims.facts.flatMap((fact) => (fact.code === 'duplicate-span' ? [[fact.of, fact.node] as const] : [])),
  );
  return claims.pairings.flatMap((claimed) =>
    ownDifferences(claimed.pairing, twins.get(claimed.pairing.node)).map((difference) =>
      toFact(difference, claimed, lookup),
    ),
  );
}

/** Of two spans for one piece of work, only what is wrong with both is a mistake of its own. */
function ownDifferences(pairing: Pairing, twin: SpanNode | undefined): readonly Difference[] {
  if (!twin) return pairing.differences;
  const keyOf = (one: Difference) => `${one.aspect} ${'key' in one ? one.key : ''}`;
  const { differences } = compareSpan(pairing.shape, twin.span, pairing.bindings);
  const shared = new Set(differences.map(keyOf));
  return pairing.differences.filter((one) => shared.has(keyOf(one)));
}

interface Lookup {
  readonly search: AttributeSearch;
  readonly senders: Senders;
}

function toFact(difference: Difference, { pairing, match }: ClaimedPairing, { search, senders }: Lookup): Fact {
  const { shape, node } = pairing;
  switch (difference.aspect) {
    case 'name':
      if (isWithoutRoute(shape, node, senders))
        return { code: 'not-instrumented', shape, node, parent: node.parent, scope: undefined };
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
      return { code: difference.code, shape, node, limit: difference.limit };
    case 'resource':
      return resourceFact(difference, { pairing, match });
    case 'attribute':
      return attributeFact(difference, { pairing, match }, search);
  }
}

type AttributeDifference = Extract<Difference, { aspect: 'attribute' }>;

function attributeFact(
  difference: AttributeDifference,
  { pairing, match }: ClaimedPairing,
  search: AttributeSearch,
): Fact {
  const { shape, node } = pairing;
  const { key, expected, actual } = difference;
  const bindings = match?.pairing.bindings ?? pairing.bindings;
  const details = { shape, node, key, expected, actual, bindings, on: 'span' } as const;
  if (expected.type === 'absent') return { code: 'forbidden-attribute', ...details };
  if (actual !== undefined) return { code: 'wrong-attribute', ...details };
  const deprecatedKey = deprecatedKeysFor(key).find((old) => node.span.attributes[old] !== undefined);
  if (deprecatedKey !== undefined) return { code: 'deprecated-attribute', shape, node, key, deprecatedKey };
  const elsewhere = search(key, expected, node, bindings);
  if (elsewhere) return { code: 'misplaced-attribute', shape, node, key, elsewhere, on: 'span' };
  return { code: 'missing-attribute', ...details };
}

type ResourceDifference = Extract<Difference, { aspect: 'resource' }>;

function resourceFact({ key, expected, actual }: ResourceDifference, { pairing, match }: ClaimedPairing): Fact {
  const { shape, node } = pairing;
  const bindings = match?.pairing.bindings ?? pairing.bindings;
  const details = { shape, node, key, expected, actual, bindings, on: 'resource' } as const;
  if (expected.type === 'absent') return { code: 'forbidden-attribute', ...details };
  if (actual !== undefined) return { code: 'wrong-attribute', ...details };
  if (holds(expected, node.span.attributes[key], bindings))
    return { code: 'misplaced-attribute', shape, node, key, elsewhere: { on: 'this span' }, on: 'resource' };
  return { code: 'missing-attribute', ...details };
}

import { describePredicate, holds, NOTHING_BOUND, type Predicate } from '../shape/predicate.ts';
import type { SpanNode } from '../trace/trace.ts';
import type { Claims } from './claims.ts';
import type { Fact } from './fact.ts';
import { boundIn, type Gap } from './gap.ts';
import { isLibraryScope } from './senders.ts';

/** Why a span is nowhere: its service said nothing, its trace was cut, its library is not instrumented, or it was not made. */
export function absenceFact(gap: Gap, claims: Claims): Fact {
  const { shape, parent } = gap;
  const { service, scope } = shape;
  if (service && isAcross(gap, service, claims)) {
    const { services, servicesIn } = claims.senders;
    const isHeard = (names: ReadonlySet<string>) => [...names].some((name) => holds(service, name, boundIn(gap)));
    if (!isHeard(services)) return { code: 'silent-service', shape, parent, service, heard: [...services] };
    // The same span came in other traces, and from its service nothing in this one: it was sampled apart.
    if (parent && claims.slots.has(shape) && !isHeard(servicesIn(parent.trace)))
      return { code: 'partial-trace', shape, parent };
  }
  if (scope && isOfALibrary(scope) && !isScopeHeard(gap, scope, claims))
    return { code: 'not-instrumented', shape, parent, scope };
  return { code: 'missing-span', shape, parent };
}

/** Whether the span is in another service than its parent, which itself comes from the right one. */
function isAcross(gap: Gap, service: Predicate, { meanings }: Claims): boolean {
  const { parent, match } = gap;
  if (!parent) return true;
  const isRight = (node: SpanNode | undefined) => {
    const expected = node && meanings.get(node)?.service;
    return !node || !expected || holds(expected, node.span.service, boundIn(gap));
  };
  return isRight(match?.pairing.node) && isRight(parent) && !holds(service, parent.span.service, boundIn(gap));
}

function isOfALibrary(scope: Predicate): boolean {
  if (scope.type === 'one-of') return scope.options.every(isOfALibrary);
  return isLibraryScope(scope.type === 'literal' ? String(scope.value) : describePredicate(scope).replaceAll('\\', ''));
}

/** Looks in the service that the span should come from, as far as that is known. */
function isScopeHeard(gap: Gap, scope: Predicate, { senders }: Claims): boolean {
  const { shape, parent } = gap;
  const expected = shape.service;
  const services = expected
    ? [...senders.services].filter((name) => holds(expected, name, boundIn(gap)))
    : [shape.kind === 'server' || shape.kind === 'consumer' ? undefined : parent?.span.service];
  return services.some((service) => [...senders.scopesOf(service)].some((name) => holds(scope, name, NOTHING_BOUND)));
}

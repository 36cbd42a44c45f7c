import type { Entity, EntityRef } from '../read/entity.ts';
import type { Catalogue, CatalogueService } from './catalogue.ts';
import type { Drift, NamedOwner, SeenDependency } from './drift.ts';
import { OWNER_ATTRIBUTES } from './owner-attributes.ts';

/**
 * Where spans and files differ, service by service. One cause is one finding: what has neither entity nor owner is only
 * said to have no owner, and that of two owners one is unknown is said with them. Owners are checked against the catalogue's groups and users if it declares any.
 */
export function findDrift(catalogue: Catalogue): readonly Drift[] {
  return catalogue.services.flatMap((service) => [
    ...ownerDrift(service, catalogue),
    ...presenceDrift(service),
    ...dependencyDrift(service, catalogue),
  ]);
}

function ownerDrift(service: CatalogueService, { owners }: Catalogue): readonly Drift[] {
  const named = namedOwners(service);
  const [first] = named;
  const known = owners.filter(({ isDeclared }) => isDeclared).map(({ name }) => name);
  const unknown = named.filter(({ owner }) => known.length > 0 && !known.includes(owner));
  const of = { service: service.name, entity: service.declarations[0] };
  if (!first) return [{ code: 'no-owner', ...of }];
  if (named.length > 1)
    return [{ code: 'two-owners', ...of, owners: named, unknown: unknown.map(({ owner }) => owner) }];
  return unknown.map((one) => ({ code: 'unknown-owner', ...of, ...one, known }));
}

/** Each owner that anything names, with the first that does. */
function namedOwners({ declarations, seen }: CatalogueService): readonly NamedOwner[] {
  const all = [
    ...declarations.flatMap(({ owner, file }) => (owner ? [{ owner: owner.name, from: file }] : [])),
    ...(seen?.owners ?? []).map((owner) => ({ owner: ownerName(owner), from: OWNER_ATTRIBUTES.name })),
  ];
  return all.filter(({ owner }, i) => all.findIndex((other) => other.owner === owner) === i);
}

/** A resource may hold a whole reference, such as `group:default/payments`. */
function ownerName(owner: string): string {
  return owner.toLowerCase().replace(/^.*[:/]/, '');
}

function presenceDrift({ name, seen, declarations, owner }: CatalogueService): readonly Drift[] {
  const [entity] = declarations;
  if (entity && !seen) return [{ code: 'never-seen', service: name, entity }];
  if (!entity && owner !== undefined) return [{ code: 'undeclared-service', service: name, owner }];
  return [];
}

function dependencyDrift(service: CatalogueService, catalogue: Catalogue): readonly Drift[] {
  const [entity] = service.declarations;
  if (!entity || !service.seen) return [];
  const seen = seenDependencies(service);
  const undeclared = seen.filter(
    (on) => !service.declarations.some((one) => one.dependsOn.some((ref) => isSame(ref, on))),
  );
  const contradicted = entity.dependsOn.filter(
    (on) => !seen.some((one) => isSame(on, one)) && isVisible(on, catalogue),
  );
  return [
    ...undeclared.map((on) => ({ code: 'undeclared-dependency' as const, service: service.name, entity, on })),
    ...contradicted.map((on) => contradictionOf(service, entity, on, catalogue)),
  ];
}

function seenDependencies({ seen }: CatalogueService): readonly SeenDependency[] {
  return [
    ...(seen?.callees ?? []).map(({ service, calls }) => ({ kind: 'component' as const, name: service, calls })),
    ...(seen?.databases ?? []).map(({ name, calls }) => ({ kind: 'resource' as const, name, calls })),
  ];
}

function isSame(ref: EntityRef, on: SeenDependency): boolean {
  return ref.kind === on.kind && ref.name === on.name.toLowerCase();
}

/** Whether a call to it would have been seen: a service that sends spans, or a database that somebody calls. */
function isVisible(on: EntityRef, { services }: Catalogue): boolean {
  if (on.kind === 'component') return services.some(({ name, seen }) => seen && name.toLowerCase() === on.name);
  return services.some(({ seen }) => seen?.databases.some(({ name }) => name.toLowerCase() === on.name));
}

function contradictionOf(service: CatalogueService, entity: Entity, on: EntityRef, { services }: Catalogue): Drift {
  const other = services.find(({ name }) => name.toLowerCase() === on.name);
  const isReversed = other?.seen?.callees.some((callee) => callee.service === service.name) ?? false;
  return { code: 'contradicted-dependency', service: service.name, entity, on, isReversed };
}

import type { Entity, EntityRef } from '../read/entity.ts';
import type { SeenService } from './seen.ts';

/** Who owns what, from the spans and from the catalogue's files together. */
export interface Catalogue {
  /** Seen or declared, in the order of their names. */
  readonly services: readonly CatalogueService[];
  /** Groups and users that own something or are declared. */
  readonly owners: readonly Owner[];
}

export interface CatalogueService {
  readonly name: string;
  /** `undefined` if no span came. */
  readonly seen: SeenService | undefined;
  /** The entities of its name, in the order of the files; none, if it is not declared. */
  readonly declarations: readonly Entity[];
  /** The name of the group or user that owns it, from the catalogue, or else from its resource. */
  readonly owner: string | undefined;
  readonly tier: string | undefined;
  readonly lifecycle: string | undefined;
  readonly system: string | undefined;
  readonly description: string | undefined;
  readonly runbook: string | undefined;
  readonly chat: string | undefined;
  readonly pager: string | undefined;
}

export interface Owner {
  readonly name: string;
  readonly title: string | undefined;
  readonly isDeclared: boolean;
  readonly chat: string | undefined;
  readonly pager: string | undefined;
  /** The services that it owns. */
  readonly services: readonly string[];
}

/** Joins what was seen with what is declared. A component is a service's if its name is `service.name`, in any case. */
export function joinCatalogue(seen: readonly SeenService[], entities: readonly Entity[]): Catalogue {
  const components = entities.filter(isService);
  const people = entities.filter(isOwner);
  const names = new Map([
    ...components.map(({ name }) => [name, name] as const),
    ...seen.map(({ name }) => [name.toLowerCase(), name] as const),
  ]);
  const services = [...names]
    .map(([key, name]) => {
      const own = seen.find((one) => one.name === name);
      return joinService(
        name,
        own,
        components.filter((entity) => entity.name === key),
        people,
      );
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return { services, owners: ownersOf(services, people) };
}

/** Whether an entity stands for something that runs and can send spans. */
export function isService({ kind, type }: Entity): boolean {
  return kind === 'Component' && type !== 'library';
}

/** Whether an entity can own others. */
export function isOwner({ kind }: Entity): boolean {
  return kind === 'Group' || kind === 'User';
}

function joinService(
  name: string,
  seen: SeenService | undefined,
  declarations: readonly Entity[],
  people: readonly Entity[],
): CatalogueService {
  const [entity] = declarations;
  const owner = entity?.owner?.name ?? seen?.owners.at(-1);
  const contacts = [entity, people.find((person) => person.name === owner?.toLowerCase())];
  return {
    name,
    seen,
    declarations,
    owner,
    tier: entity?.labels.tier ?? seen?.criticality,
    lifecycle: entity?.lifecycle,
    system: entity?.system ?? seen?.namespace,
    description: entity?.description,
    runbook: annotationOf(contacts, RUNBOOK) ?? runbookLink(entity),
    chat: annotationOf(contacts, CHAT) ?? seen?.contacts.at(-1),
    pager: annotationOf(contacts, PAGER),
  };
}

function ownersOf(services: readonly CatalogueService[], people: readonly Entity[]): readonly Owner[] {
  const names = new Set([
    ...people.map(({ name }) => name),
    ...services.flatMap(({ owner }) => (owner === undefined ? [] : [owner.toLowerCase()])),
  ]);
  return [...names].sort().map((name) => {
    const entity = people.find((person) => person.name === name);
    return {
      name,
      title: entity?.title,
      isDeclared: entity !== undefined,
      chat: annotationOf([entity], CHAT),
      pager: annotationOf([entity], PAGER),
      services: services.filter(({ owner }) => owner?.toLowerCase() === name).map((service) => service.name),
    };
  });
}

function annotationOf(entities: readonly (Entity | undefined)[], keys: readonly string[]): string | undefined {
  for (const entity of entities) for (const key of keys) if (entity?.annotations[key]) return entity.annotations[key];
  return undefined;
}

function runbookLink(entity: Entity | undefined): string | undefined {
  return entity?.links.find(({ title, type }) => type === 'runbook' || /runbook/i.test(title ?? ''))?.url;
}

/** A reference as Backstage writes it. */
export function writeRef({ kind, namespace, name }: EntityRef): string {
  return `${kind}:${namespace}/${name}`;
}

/** Annotations by convention: those of a8r.io for services on Kubernetes, and of the plugins for pagers. */
const RUNBOOK = ['a8r.io/runbook'];
const CHAT = ['a8r.io/chat', 'slack.com/channel'];
const PAGER = ['pagerduty.com/service-id', 'opsgenie.com/team', 'a8r.io/incidents'];

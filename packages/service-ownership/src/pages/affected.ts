import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Affected } from './page.ts';

/** The owners of the services between an entry and a cause: on any way of calls from the one to the other. */
export function affectedBy(cause: string, entry: string, { services, owners }: Catalogue): readonly Affected[] {
  const seen = services.flatMap((service) => (service.seen ? [service.seen] : []));
  const callees = new Map(seen.map(({ name, callees: calls }) => [name, calls.map(({ service }) => service)]));
  const callers = new Map(seen.map(({ name, callers: calls }) => [name, calls.map(({ service }) => service)]));
  const below = reach(entry, callees);
  const between = [...reach(cause, callers)].filter((name) => name !== cause && below.has(name));
  const ownerOf = (name: string) => services.find((one) => one.name === name)?.owner ?? 'nobody';
  return [...Map.groupBy(between.sort(), ownerOf)]
    .filter(([owner]) => owner !== ownerOf(cause))
    .map(([owner, names]) => ({ owner, services: names, chat: owners.find(({ name }) => name === owner)?.chat }));
}

function reach(from: string, edges: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set([from]);
  for (const name of reached) for (const next of edges.get(name) ?? []) reached.add(next);
  return reached;
}

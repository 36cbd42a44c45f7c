import { readAttributes } from './parse-attributes.ts';
import { type Fields, readList, readMessage, readString } from './read-fields.ts';
import { readCount } from './read-numbers.ts';
import type { Resource, Scope } from './telemetry.ts';

/** Where telemetry comes from. */
export interface Origin {
  readonly resource: Resource;
  readonly scope: Scope;
  readonly service: string;
}

/** What the three levels of a request are called, which differ by signal. */
export interface Levels {
  readonly resources: string;
  readonly scopes: string;
  readonly items: string;
}

/** Every item of a request in its order, with the resource and scope that it came under. */
export function readItemsByOrigin<T>(request: Fields, levels: Levels, read: (item: Fields, origin: Origin) => T): T[] {
  const items: T[] = [];
  readList(request[levels.resources], levels.resources, (group) => {
    const resource = readResource(group);
    const service = serviceOf(resource);
    readList(group[levels.scopes], levels.scopes, (scoped) => {
      const origin = { resource, scope: readScope(scoped), service };
      readList(scoped[levels.items], levels.items, (item) => items.push(read(item, origin)));
    });
  });
  return items;
}

function readResource(group: Fields): Resource {
  const schemaUrl = readString(group.schemaUrl, 'schemaUrl');
  return readMessage(group.resource, 'resource', (resource) => ({
    attributes: readAttributes(resource.attributes),
    droppedAttributesCount: readCount(resource.droppedAttributesCount, 'droppedAttributesCount'),
    schemaUrl,
  }));
}

function readScope(scoped: Fields): Scope {
  const schemaUrl = readString(scoped.schemaUrl, 'schemaUrl');
  return readMessage(scoped.scope, 'scope', (scope) => ({
    name: readString(scope.name, 'name'),
    version: readString(scope.version, 'version'),
    attributes: readAttributes(scope.attributes),
    droppedAttributesCount: readCount(scope.droppedAttributesCount, 'droppedAttributesCount'),
    schemaUrl,
  }));
}

function serviceOf(resource: Resource): string {
  const name = resource.attributes['service.name'];
  return typeof name === 'string' && name !== '' ? name : 'unknown_service';
}

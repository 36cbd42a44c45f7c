import { below, MalformedTelemetry, shown } from './malformed-telemetry.ts';

/**
 * A message of OTLP, not yet trusted. A decoded protobuf message and an object from OTLP JSON have the same field names,
 * and the types of their values tell them apart, so one reader serves both.
 */
export type Fields = Readonly<Record<string, unknown>>;

/** The items of a repeated field, each read by `read`; an error says which item it was. */
export function readList<T>(value: unknown, key: string, read: (item: Fields) => T): readonly T[] {
  return readItems(value, key, (item) => read(asFields(item)));
}

/** Like `readList`, of items that need not be messages. */
export function readItems<T>(value: unknown, key: string, read: (item: unknown) => T): readonly T[] {
  const list = itemsOf(value, key);
  if (list.length === 0) return NO_ITEMS;
  const items: T[] = [];
  let at = 0;
  try {
    for (; at < list.length; at++) items.push(read(list[at]));
  } catch (error) {
    throw below(`${key}[${at}]`, error);
  }
  return items;
}

/** The items of a repeated field as they came, none by default. */
export function itemsOf(value: unknown, key: string): readonly unknown[] {
  if (value === undefined || value === null) return NO_ITEMS;
  if (!Array.isArray(value)) throw new MalformedTelemetry(key, `${shown(value)} is not a list`);
  return value;
}

/** A nested message, read by `read`; when it is absent, an empty one is. */
export function readMessage<T>(value: unknown, key: string, read: (message: Fields) => T): T {
  try {
    return read(asFields(value ?? EMPTY));
  } catch (error) {
    throw below(key, error);
  }
}

/** The one field of a oneof that is set, or `undefined`. */
export function readOneOf(from: Fields, group: string, names: ReadonlySet<string>): OneOf | undefined {
  const decoded = from[group];
  if (isFields(decoded) && 'case' in decoded) {
    return typeof decoded.case === 'string' ? { name: decoded.case, value: decoded.value } : undefined;
  }
  for (const name in from) {
    const value = from[name];
    if (value !== undefined && value !== null && names.has(name)) return { name, value };
  }
  return undefined;
}

export interface OneOf {
  readonly name: string;
  readonly value: unknown;
}

/** A string field, empty by default. */
export function readString(value: unknown, key: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw new MalformedTelemetry(key, `${shown(value)} is not a string`);
  return value;
}

/** A boolean field, `false` by default. */
export function readBoolean(value: unknown, key: string): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value !== 'boolean') throw new MalformedTelemetry(key, `${shown(value)} is neither true nor false`);
  return value;
}

/** The value as a message; throws when it is something else. */
export function asFields(value: unknown): Fields {
  if (!isFields(value)) throw new MalformedTelemetry('', `${shown(value)} is not an object`);
  return value;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const EMPTY: Fields = {};
/** One for all: most spans have neither events nor links, and every list of its own would be kept with them. */
const NO_ITEMS: readonly never[] = Object.freeze([]);

import { below, MalformedTelemetry, shown } from './malformed-telemetry.ts';
import { asFields, type Fields, itemsOf, readBoolean, readItems, readOneOf, readString } from './read-fields.ts';
import { toDouble, toInt64 } from './read-numbers.ts';
import type { Attributes, AttributeValue } from './telemetry.ts';

/** How deep a value may be nested: real ones have two or three levels, a hostile one would overflow the stack. */
export const MAX_VALUE_DEPTH = 32;

/** A repeated field of key-values as attributes; of a key that comes twice the last value counts. */
export function readAttributes(value: unknown): Attributes {
  return readPairs(value, 'attributes', 0);
}

/** A field that holds any value, `null` when it is absent. */
export function readValue(value: unknown, key: string): AttributeValue {
  return readNested(value, key, 0);
}

function readPairs(value: unknown, key: string, depth: number): Attributes {
  const attributes: Record<string, AttributeValue> = Object.create(NOTHING);
  const pairs = itemsOf(value, key);
  let at = 0;
  try {
    // A loop of its own: attributes are most of a request, and `readItems` would cost a call for each.
    for (; at < pairs.length; at++) {
      const pair = asFields(pairs[at]);
      attributes[readString(pair.key, 'key')] = readNested(pair.value, 'value', depth);
    }
  } catch (error) {
    throw below(`${key}[${at}]`, error);
  }
  return attributes;
}

function readNested(value: unknown, key: string, depth: number): AttributeValue {
  if (value === undefined || value === null) return null;
  try {
    return parseValue(asFields(value), depth);
  } catch (error) {
    throw below(key, error);
  }
}

function parseValue(any: Fields, depth: number): AttributeValue {
  if (depth > MAX_VALUE_DEPTH) throw new MalformedTelemetry('', `is nested deeper than ${MAX_VALUE_DEPTH} levels`);
  // Most values are texts, and in JSON this is all there is to them.
  if (typeof any.stringValue === 'string') return any.stringValue;
  const set = readOneOf(any, 'value', VALUE_NAMES);
  if (set === undefined) return null;
  try {
    return parseSetValue(set.name, set.value, depth);
  } catch (error) {
    throw below(set.name, error);
  }
}

function parseSetValue(name: string, value: unknown, depth: number): AttributeValue {
  switch (name) {
    case 'stringValue':
      if (typeof value !== 'string') throw new MalformedTelemetry('', `${shown(value)} is not a string`);
      return value;
    case 'boolValue':
      return readBoolean(value, '');
    case 'intValue':
      return toInt64(value);
    case 'doubleValue':
      return toDouble(value);
    case 'bytesValue':
      return toBytes(value);
    case 'arrayValue':
      return readItems(asFields(value).values, 'values', (item) =>
        item === null ? null : parseValue(asFields(item), depth + 1),
      );
    case 'kvlistValue':
      return readPairs(asFields(value).values, 'values', depth + 1);
    default:
      return null;
  }
}

function toBytes(value: unknown): Uint8Array {
  // A copy: what the decoder gives is a view that would keep the whole request in memory.
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (typeof value === 'string' && BASE64.test(value)) return new Uint8Array(Buffer.from(value, 'base64'));
  throw new MalformedTelemetry('', `${shown(value)} is not base64`);
}

const BASE64 = /^[\w+/-]*={0,2}$/;

/**
 * What attributes inherit: nothing, so that `__proto__` and `constructor` are keys like any other. An object without any
 * prototype would be a hash table to V8, of several times the size, and attributes are most of what is kept.
 */
const NOTHING: object = Object.freeze(Object.create(null));

const VALUE_NAMES: ReadonlySet<string> = new Set([
  'stringValue',
  'boolValue',
  'intValue',
  'doubleValue',
  'bytesValue',
  'arrayValue',
  'kvlistValue',
]);

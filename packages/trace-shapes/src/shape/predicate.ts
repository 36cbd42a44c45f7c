import { clip } from '../otlp/plain-text.ts';
import type { AttributeValue } from '../otlp/telemetry.ts';

/** What an attribute's value, or a text such as a span's name, must be. Plain data, so that a message can say it. */
export type Predicate =
  | { readonly type: 'literal'; readonly value: AttributeValue }
  | { readonly type: 'pattern'; readonly pattern: RegExp }
  | { readonly type: 'type-of'; readonly of: ValueType }
  | { readonly type: 'one-of'; readonly options: readonly Predicate[] }
  | { readonly type: 'satisfies'; readonly description: string; readonly test: (value: AttributeValue) => boolean }
  | { readonly type: 'same'; readonly placeholder: string; readonly as: Predicate }
  | { readonly type: 'present' }
  | { readonly type: 'absent' };

export type ValueType = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'map';

/** What a shape's author may write where a predicate is wanted: a literal, a pattern, or one of the builders. */
export type PredicateInput = string | number | bigint | boolean | RegExp | readonly AttributeValue[] | Predicate;

/** Turns what an author wrote into a predicate. */
export function toPredicate(input: PredicateInput): Predicate {
  if (input instanceof RegExp) return { type: 'pattern', pattern: input };
  if (isPredicate(input)) return input;
  return { type: 'literal', value: input };
}

/** Turns what an author wrote for several keys into predicates. */
export function toPredicates(
  inputs: Readonly<Record<string, PredicateInput>> = {},
): Readonly<Record<string, Predicate>> {
  return Object.fromEntries(Object.entries(inputs).map(([key, input]) => [key, toPredicate(input)]));
}

/**
 * Any string.
 * @example attributes: { 'url.full': anyString }
 */
export const anyString: Predicate = { type: 'type-of', of: 'string' };
/**
 * Any number, integers included.
 * @example attributes: { 'order.total': anyNumber }
 */
export const anyNumber: Predicate = { type: 'type-of', of: 'number' };
/**
 * Any whole number: `24`, but neither `24.5` nor `'24'`.
 * @example attributes: { 'http.response.status_code': anyInteger }
 */
export const anyInteger: Predicate = { type: 'type-of', of: 'integer' };
/**
 * `true` or `false`.
 * @example attributes: { 'order.gift': anyBoolean }
 */
export const anyBoolean: Predicate = { type: 'type-of', of: 'boolean' };
/**
 * Any list of values.
 * @example attributes: { 'order.yarns': anyArray }
 */
export const anyArray: Predicate = { type: 'type-of', of: 'array' };
/**
 * The attribute must be there; its value does not matter.
 * @example attributes: { 'order.id': present }
 */
export const present: Predicate = { type: 'present' };
/**
 * The attribute must not be there: a secret, personal data, or what would not be so here.
 * @example attributes: { 'card.number': absent }
 */
export const absent: Predicate = { type: 'absent' };

/**
 * One of several values.
 * @example attributes: { 'purl.payment.outcome': oneOf('approved', 'declined') }
 */
export function oneOf(...options: readonly PredicateInput[]): Predicate {
  return { type: 'one-of', options: options.map(toPredicate) };
}

/**
 * A condition in words and in code; the words appear in messages.
 * @example attributes: { 'purl.order.total': satisfies('more than nothing', (value) => Number(value) > 0) }
 */
export function satisfies(description: string, test: (value: AttributeValue) => boolean): Predicate {
  return { type: 'satisfies', description, test };
}

/**
 * A value that is not known beforehand but must be the same wherever this placeholder stands in one trace.
 * @example attributes: { 'purl.order.id': same('order') }
 */
export function same(placeholder: string, as: PredicateInput = present): Predicate {
  return { type: 'same', placeholder, as: toPredicate(as) };
}

/** The values that placeholders took in one trace. */
export type Bindings = ReadonlyMap<string, AttributeValue>;

/** No placeholder has a value yet. */
export const NOTHING_BOUND: Bindings = new Map();

/** Whether a value is as expected; `undefined` stands for a value that is not there. */
export function holds(predicate: Predicate, value: AttributeValue | undefined, bindings: Bindings): boolean {
  if (predicate.type === 'absent') return value === undefined;
  if (value === undefined) return false;
  switch (predicate.type) {
    case 'literal':
      return isEqual(predicate.value, value);
    case 'pattern':
      return (
        typeof value === 'string' &&
        new RegExp(predicate.pattern, predicate.pattern.flags.replace(/[gy]/g, '')).test(value)
      );
    case 'type-of':
      return isOfType(predicate.of, value);
    case 'one-of':
      return predicate.options.some((option) => holds(option, value, bindings));
    case 'satisfies':
      return predicate.test(value);
    case 'same': {
      const bound = bindings.get(predicate.placeholder);
      return (bound === undefined || isEqual(bound, value)) && holds(predicate.as, value, bindings);
    }
    case 'present':
      return true;
  }
}

/** A predicate in words: `"declined"`, `/^P-/`, `a number`, `one of "a", "b"`. */
export function describePredicate(predicate: Predicate, bindings?: Bindings): string {
  switch (predicate.type) {
    case 'literal':
      return describeValue(predicate.value);
    case 'pattern':
      return String(predicate.pattern);
    case 'type-of':
      return TYPE_WORDS[predicate.of];
    case 'one-of':
      return `one of ${predicate.options.map((option) => describePredicate(option, bindings)).join(', ')}`;
    case 'satisfies':
      return predicate.description;
    case 'same': {
      const bound = bindings?.get(predicate.placeholder);
      return bound === undefined
        ? `the same ${predicate.placeholder} everywhere`
        : `${describeValue(bound)}, as elsewhere in this trace`;
    }
    case 'present':
      return 'any value';
    case 'absent':
      return 'not there';
  }
}

/** A value as a message shows it: strings quoted, long ones cut. */
export function describeValue(value: AttributeValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return JSON.stringify(clip(value, 80));
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  const text = JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner));
  return clip(text, 80);
}

/** Whether two attribute values are equal, lists and maps compared by content, numbers by value whatever their width. */
export function isEqual(a: AttributeValue, b: AttributeValue): boolean {
  if (a === b) return true;
  if (typeof a === 'bigint' || typeof b === 'bigint') return isNumeric(a) && isNumeric(b) && String(a) === String(b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const left = Object.entries(a);
  const right = new Map<string, AttributeValue>(Object.entries(b));
  return (
    Array.isArray(a) === Array.isArray(b) &&
    left.length === right.size &&
    left.every(([key, value]) => right.has(key) && isEqual(value, right.get(key) as AttributeValue))
  );
}

function isNumeric(value: AttributeValue): boolean {
  return typeof value === 'number' || typeof value === 'bigint';
}

function isOfType(type: ValueType, value: AttributeValue): boolean {
  switch (type) {
    case 'number':
      return isNumeric(value);
    case 'integer':
      return typeof value === 'bigint' || Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'map':
      return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
    default:
      return typeof value === type;
  }
}

function isPredicate(input: PredicateInput): input is Predicate {
  return typeof input === 'object' && !Array.isArray(input) && 'type' in input;
}

const TYPE_WORDS: Readonly<Record<ValueType, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  map: 'a map',
};

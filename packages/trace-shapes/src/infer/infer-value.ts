import type { Attributes, AttributeValue } from '../otlp/telemetry.ts';
import {
  anyArray,
  anyBoolean,
  anyInteger,
  anyNumber,
  anyString,
  isEqual,
  type Predicate,
  present,
} from '../shape/predicate.ts';
import { maskText, maskValue } from '../snapshot/mask-value.ts';

/** Attributes to leave out, by key. */
export type Omit = readonly (string | RegExp)[];

/** What the attributes of several spans have in common, by key. */
export function inferAttributes(all: readonly Attributes[], omit: Omit): Readonly<Record<string, Predicate>> {
  const [first = {}, ...others] = all;
  const shared = Object.keys(first).filter(
    (key) => !isNamed(key, omit) && others.every((attributes) => attributes[key] !== undefined),
  );
  const pairs = shared.sort().map((key): [string, Predicate] => [
    key,
    inferValue(
      key,
      all.map((attributes) => attributes[key] as AttributeValue),
    ),
  ]);
  return Object.fromEntries(pairs);
}

/** The value itself where all are equal and likely to be so the next time, else its type. */
export function inferValue(key: string, values: readonly AttributeValue[]): Predicate {
  const [first = null, ...others] = values;
  const isSame = isScalar(first) && others.every((value) => isEqual(first, value));
  if (isSame && isLasting(key, first)) return { type: 'literal', value: first };
  return (maskValue(key, first).startsWith('<') ? undefined : inferPattern(values)) ?? inferType(values);
}

/** What texts have in common beside their ids, times and ports: `/^http:\/\/127\.0\.0\.1:\d+\/charges$/`. */
function inferPattern(values: readonly AttributeValue[]): Predicate | undefined {
  const [first] = values;
  if (typeof first !== 'string' || first.length > LONGEST || /[<>\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(first))
    return undefined;
  const masked = maskText(first);
  const isSame = values.every((value) => typeof value === 'string' && maskText(value) === masked);
  if (!isSame || masked === first || Object.hasOwn(PATTERNS, masked)) return undefined;
  const source = masked
    .split(/(<\w+>)/)
    .map((part) => PATTERNS[part] ?? part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
    .join('');
  return { type: 'pattern', pattern: new RegExp(`^${source}$`) };
}

function inferType(values: readonly AttributeValue[]): Predicate {
  return TYPES.find(([, isOf]) => values.every(isOf))?.[0] ?? present;
}

function isScalar(value: AttributeValue): boolean {
  return value !== null && typeof value !== 'object';
}

/** Text that a snapshot would mask differs the next time. */
function isLasting(key: string, value: AttributeValue): boolean {
  if (maskValue(key, value).startsWith('<')) return false;
  if (typeof value === 'number' && !Number.isFinite(value)) return false;
  return typeof value !== 'string' || maskText(value) === value;
}

function isNamed(key: string, rules: Omit): boolean {
  return rules.some((rule) => (typeof rule === 'string' ? rule === key : key.search(rule) !== -1));
}

const TYPES: readonly (readonly [Predicate, (value: AttributeValue) => boolean])[] = [
  [anyString, (value) => typeof value === 'string'],
  [anyBoolean, (value) => typeof value === 'boolean'],
  [anyInteger, (value) => typeof value === 'bigint' || Number.isInteger(value)],
  [anyNumber, (value) => typeof value === 'number' || typeof value === 'bigint'],
  [anyArray, Array.isArray],
];

/** What a mask stands for. */
const PATTERNS: Readonly<Record<string, string>> = {
  '<port>': '\\d+',
  '<id>': '[\\da-fA-F-]+',
  '<time>': '[\\d:.TZ+-]+',
};
const LONGEST = 200;

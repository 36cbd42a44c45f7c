import { MalformedTelemetry, shown } from './malformed-telemetry.ts';
import { RoundedNumber } from './rounded-number.ts';

/** A time in nanoseconds since the epoch, 0 by default. Protobuf has a `bigint`, JSON a string or, against the rules, a number. */
export function readTime(value: unknown, key: string): bigint {
  if (typeof value === 'string' && SHORT_TIME.test(value)) return BigInt(value);
  if (value === undefined || value === null) return 0n;
  const time = toInteger(value);
  if (time === undefined || time < 0n || time > MAX_UINT64) {
    throw new MalformedTelemetry(key, `${shown(value)} is not a time in nanoseconds since 1970`);
  }
  return time;
}

/** A whole number from 0, such as a count or flags; 0 by default. */
export function readCount(value: unknown, key: string): number {
  return value === undefined || value === null ? 0 : toCount(value, key);
}

/** The value as a whole number from 0; larger ones than a `number` holds lose their last digits. */
export function toCount(value: unknown, key = ''): number {
  // Nearly every one: a bigint of each would only be thrown away.
  if (typeof value === 'number' && value >= 0 && Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  const count = toInteger(value);
  if (count === undefined || count < 0n)
    throw new MalformedTelemetry(key, `${shown(value)} is not a whole number from 0`);
  return Number(count);
}

/** The index of an enum's value, 0 by default. OTLP JSON has integers; the names are taken too. */
export function readEnum(value: unknown, key: string, prefix: string, words: readonly string[]): number {
  if (value === undefined || value === null) return 0;
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  if (typeof value === 'string') {
    const index = words.findIndex((word) => value === prefix + word.toUpperCase());
    if (index !== -1) return index;
    if (/^\d{1,9}$/.test(value)) return Number(value);
  }
  const allowed = `an integer from 0 to ${words.length - 1}`;
  throw new MalformedTelemetry(key, `${shown(value)} is not ${allowed}`);
}

/** A 64-bit integer: a `number` when that is exact, else a `bigint`. */
export function toInt64(value: unknown): number | bigint {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  if (typeof value === 'string' && SHORT_INTEGER.test(value)) return Number(value);
  const integer = toInteger(value);
  if (integer === undefined || integer < MIN_INT64 || integer > MAX_INT64) {
    throw new MalformedTelemetry('', `${shown(value)} is not a 64-bit integer`);
  }
  const short = Number(integer);
  return Number.isSafeInteger(short) ? short : integer;
}

/** A double; JSON has `"NaN"`, `"Infinity"` and `"-Infinity"` as strings. */
export function toDouble(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && value.trim() !== '') {
    const double = Number(value);
    if (!Number.isNaN(double) || value === 'NaN') return double;
  }
  throw new MalformedTelemetry('', `${shown(value)} is not a number`);
}

/** A double field, or `undefined` when it is absent. */
export function readDouble(value: unknown, key: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  try {
    return toDouble(value);
  } catch {
    throw new MalformedTelemetry(key, `${shown(value)} is not a number`);
  }
}

function toInteger(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return BigInt(value);
    // It comes again, as a string of its digits.
    if (Number.isInteger(value)) throw new RoundedNumber();
    return undefined;
  }
  if (typeof value === 'string' && INTEGER.test(value)) return BigInt(value);
  return undefined;
}

/** At most 20 digits, so that a hostile number of a million digits is never multiplied out. */
const INTEGER = /^-?\d{1,20}$/;
/** What surely fits, so that nothing need be compared: times and integers are a good part of a request. */
const SHORT_TIME = /^\d{1,19}$/;
const SHORT_INTEGER = /^-?[1-9]\d{0,14}$/;
const MAX_UINT64 = 2n ** 64n - 1n;
const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);

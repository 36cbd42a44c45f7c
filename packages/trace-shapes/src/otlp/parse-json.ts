import { MalformedTelemetry, shown } from './malformed-telemetry.ts';
import type { Fields } from './read-fields.ts';
import { RoundedNumber } from './rounded-number.ts';

/**
 * Parses a JSON object and reads it. Integers that a `number` would round stay exact: proper OTLP has large ones as
 * strings, and where one is met as a number after all, everything is parsed again with its digits kept, which costs
 * several times as much.
 */
export function parseJson<T>(body: string | Uint8Array, read: (fields: Fields) => T): T {
  const text = typeof body === 'string' ? body : decodeText(body);
  try {
    return read(toFields(parseText(text)));
  } catch (error) {
    if (!(error instanceof RoundedNumber)) throw error;
    return read(toFields(parseText(text, keepExact as Reviver)));
  }
}

function toFields(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new MalformedTelemetry('', `The body is ${shown(value)}, not a JSON object.`);
  }
  return { ...value };
}

function decodeText(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new MalformedTelemetry('', `The body is not UTF-8 text.${PROTOBUF_ADVICE}`);
  }
}

function parseText(text: string, reviver?: Reviver): unknown {
  try {
    return JSON.parse(text, reviver);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const advice = text.startsWith('\n') ? PROTOBUF_ADVICE : '';
    throw new MalformedTelemetry('', `The body is not JSON: ${reason}.${advice}`);
  }
}

function keepExact(_key: string, value: unknown, { source }: { readonly source?: string } = {}): unknown {
  const rounded = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
  return rounded && source !== undefined ? source : value;
}

type Reviver = (this: unknown, key: string, value: unknown) => unknown;

const PROTOBUF_ADVICE = ' If it is protobuf, its content-type is application/x-protobuf.';

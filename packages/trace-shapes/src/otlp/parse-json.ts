import { MalformedTelemetry, shown } from './malformed-telemetry.ts';
import type { Fields } from './read-fields.ts';

/** Parses a JSON object. Integers that a `number` would round stay exact, as strings of their digits. */
export function parseJson(body: string | Uint8Array): Fields {
  const text = typeof body === 'string' ? body : decodeText(body);
  const value = parseText(text);
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

function parseText(text: string): unknown {
  try {
    // The reviver costs several times the parsing, and proper OTLP has large integers as strings.
    return LARGE_NUMBER.test(text) ? JSON.parse(text, keepExact as Reviver) : JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const advice = text.startsWith('\n') ? PROTOBUF_ADVICE : '';
    throw new MalformedTelemetry('', `The body is not JSON: ${reason}.${advice}`);
  }
}

function keepExact(_key: string, value: unknown, { source }: { readonly source?: string } = {}): unknown {
  const rounded = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
  return rounded && source !== undefined && /^-?\d+$/.test(source) ? source : value;
}

type Reviver = (this: unknown, key: string, value: unknown) => unknown;

const LARGE_NUMBER = /[:[,]\s*-?\d{16}/;
const PROTOBUF_ADVICE = ' If it is protobuf, its content-type is application/x-protobuf.';

import { MalformedTelemetry, shown } from './malformed-telemetry.ts';

/** A trace or span id of `bytes` bytes as lower-case hex; `undefined` when it is absent, empty or all zeros. */
export function readId(value: unknown, key: string, bytes: 8 | 16): string | undefined {
  if (value === undefined || value === null) return undefined;
  const id = value instanceof Uint8Array ? idFromBytes(value, key, bytes) : idFromText(value, key, bytes);
  return id === '' || id === ZEROS[bytes] ? undefined : id;
}

/** Like `readId`, of an id that must be there. */
export function requireId(value: unknown, key: string, bytes: 8 | 16): string {
  const id = readId(value, key, bytes);
  if (id === undefined) throw new MalformedTelemetry(key, 'is missing, empty or all zeros');
  return id;
}

function idFromBytes(value: Uint8Array, key: string, bytes: 8 | 16): string {
  if (value.length !== 0 && value.length !== bytes) {
    throw new MalformedTelemetry(key, `has ${value.length} bytes, not ${bytes}`);
  }
  // The parts of a Buffer are Buffers; to make another of each costs as much as its text.
  const buffer = Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.length);
  return buffer.toString('hex');
}

function idFromText(value: unknown, key: string, bytes: 8 | 16): string {
  if (value === '') return value;
  if (typeof value === 'string' && HEX[bytes].test(value)) return value;
  if (typeof value === 'string' && HEX[bytes].test(value.toLowerCase())) return value.toLowerCase();
  const rule = typeof value === 'string' && BASE64[bytes].test(value) ? ', which OTLP JSON has instead of base64' : '';
  throw new MalformedTelemetry(key, `${shown(value)} is not ${bytes * 2} hex digits${rule}`);
}

const ZEROS = { 8: '0'.repeat(16), 16: '0'.repeat(32) };
const HEX = { 8: /^[\da-f]{16}$/, 16: /^[\da-f]{32}$/ };
const BASE64 = { 8: /^[\w+/-]{11}=?$/, 16: /^[\w+/-]{22}(==)?$/ };

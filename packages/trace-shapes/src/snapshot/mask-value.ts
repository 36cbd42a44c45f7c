import type { AttributeValue } from '../otlp/telemetry.ts';

/** An attribute's value as text, with what differs from run to run masked. */
export function maskValue(key: string, value: AttributeValue): string {
  if (VOLATILE[key] !== undefined && value !== null) return VOLATILE[key];
  return toText(value);
}

/** A text with its ids, times and ports masked. */
export function maskText(text: string): string {
  return MASKS.reduce((masked, [pattern, mask]) => masked.replace(pattern, mask), text);
}

function toText(value: AttributeValue): string {
  if (typeof value === 'string') return JSON.stringify(maskText(value));
  if (typeof value === 'bigint') return `${value}`;
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (Array.isArray(value)) return `[${value.map(toText).join(', ')}]`;
  if (typeof value === 'object' && value !== null) return `{ ${toPairs(value).join(', ')} }`;
  return Object.is(value, -0) ? '-0' : `${value}`;
}

function toPairs(map: object): readonly string[] {
  return Object.entries(map)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}: ${maskValue(key, value)}`);
}

/** Where the conventions put a port, a process or a time. */
const VOLATILE: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  'server.port': '<port>',
  'client.port': '<port>',
  'network.peer.port': '<port>',
  'network.local.port': '<port>',
  'net.peer.port': '<port>',
  'net.host.port': '<port>',
  'process.pid': '<id>',
  'thread.id': '<id>',
  'service.instance.id': '<id>',
  'messaging.message.id': '<id>',
  'exception.stacktrace': '<stack>',
});

/** In this order: a time holds digits, and an id may hold what looks like a port. */
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?/g, '<time>'],
  [/\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi, '<id>'],
  [/\b(?=[\da-f]*\d)(?:[\da-f]{32}|[\da-f]{24}|[\da-f]{16})\b/gi, '<id>'],
  [/(:\/\/(?:[^\s/?#@:]+@)?(?:\[[\da-f:.]+\]|[^\s/?#:]+)):\d{1,5}\b/gi, '$1:<port>'],
  [/\b(localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\]):\d{1,5}\b/g, '$1:<port>'],
];

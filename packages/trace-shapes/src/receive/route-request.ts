import type { IncomingMessage } from 'node:http';
import type { Signal } from '../otlp/parse-otlp.ts';
import { clip } from '../otlp/plain-text.ts';
import { Refusal } from './refusal.ts';

/** What a request carries and how it is written. */
export interface Route {
  readonly signal: Signal;
  readonly encoding: Encoding;
  readonly gzip: boolean;
}

export type Encoding = 'json' | 'protobuf';

/** Where a request goes by its path and headers. Throws a `Refusal` that says what to set instead. */
export function routeRequest(request: IncomingMessage, endpoint: string): Route {
  const path = pathOf(request);
  const signal = SIGNALS[path];
  if (signal === undefined) throw new Refusal(404, wrongPath(path, endpoint));
  if (request.method !== 'POST') throw new Refusal(405, `OTLP is sent with POST, not ${request.method}.`);
  return { signal, encoding: requireEncoding(request), gzip: isGzip(request) };
}

/** The path without its query. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

/** The encoding that the content type names, if it is one of OTLP's. */
export function encodingOf(request: IncomingMessage): Encoding | undefined {
  const given = contentTypeOf(request);
  return Object.hasOwn(ENCODINGS, given) ? ENCODINGS[given] : undefined;
}

function requireEncoding(request: IncomingMessage): Encoding {
  const encoding = encodingOf(request);
  if (encoding !== undefined) return encoding;
  const given = contentTypeOf(request);
  throw new Refusal(
    415,
    `The content-type is ${given === '' ? 'missing' : `"${brief(given)}"`}. Set it to application/x-protobuf or application/json.`,
  );
}

function isGzip(request: IncomingMessage): boolean {
  const given = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (given === 'gzip') return true;
  if (given === 'identity' || given === '') return false;
  throw new Refusal(
    415,
    `The content-encoding is "${brief(given)}". Send gzip or leave it out: OTEL_EXPORTER_OTLP_COMPRESSION=gzip or none.`,
  );
}

function contentTypeOf(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

function wrongPath(path: string, endpoint: string): string {
  const start = `Nothing is at \`${brief(path)}\`.`;
  const signal = Object.keys(SIGNALS).find((known) => path.endsWith(known));
  if (path === '/') {
    return `${start} The exporter's \`url\` lacks its path: set it to \`${endpoint}/v1/traces\`, or leave \`url\` out and set OTEL_EXPORTER_OTLP_ENDPOINT=${endpoint}.`;
  }
  if (signal !== undefined) {
    return `${start} \`${signal}\` is added to OTEL_EXPORTER_OTLP_ENDPOINT by the exporter: set it to \`${endpoint}\`.`;
  }
  return `${start} Traces go to \`${endpoint}/v1/traces\`, logs to \`/v1/logs\`, metrics to \`/v1/metrics\`.`;
}

function brief(text: string): string {
  return clip(text, 101);
}

const SIGNALS: Readonly<Record<string, Signal>> = {
  '/v1/traces': 'traces',
  '/v1/logs': 'logs',
  '/v1/metrics': 'metrics',
};

const ENCODINGS: Readonly<Record<string, Encoding>> = {
  'application/json': 'json',
  'application/x-protobuf': 'protobuf',
};

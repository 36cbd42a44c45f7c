import type { IncomingMessage } from 'node:http';
import type { Telemetry } from '../otlp/telemetry.ts';
import { pathOf } from './route-request.ts';

/** One request that reached the receiver, good or refused: what tells why no spans came. */
export interface Evidence {
  readonly timeUnixMs: number;
  readonly method: string;
  readonly path: string;
  readonly contentType: string;
  readonly contentEncoding: string;
  /** 200, or the status of the refusal. */
  readonly status: number;
  /** Why it was refused and what to set; `undefined` for a good request. */
  readonly refusal: string | undefined;
  readonly spans: number;
  readonly logs: number;
  readonly metrics: number;
}

/** Evidence of a request that was taken. */
export function acceptedEvidence(request: IncomingMessage, telemetry: Telemetry): Evidence {
  const { spans, logs, metrics } = telemetry;
  return {
    ...describe(request),
    status: 200,
    refusal: undefined,
    spans: spans.length,
    logs: logs.length,
    metrics: metrics.length,
  };
}

/** Evidence of a request that was refused. */
export function refusedEvidence(request: IncomingMessage, status: number, refusal: string): Evidence {
  return { ...describe(request), status, refusal, spans: 0, logs: 0, metrics: 0 };
}

/** Evidence of bytes that were no HTTP request at all. */
export function garbledEvidence(start: string): Evidence {
  const refusal = start.startsWith('PRI * HTTP/2')
    ? 'It speaks HTTP/2, as exporters over gRPC do. Set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf.'
    : 'It is not an HTTP/1.1 request. The exporter must speak OTLP over plain HTTP: http://, not https://.';
  const nothing = { method: '', path: '', contentType: '', contentEncoding: '', spans: 0, logs: 0, metrics: 0 };
  return { timeUnixMs: Date.now(), ...nothing, status: 400, refusal };
}

function describe(request: IncomingMessage) {
  return {
    timeUnixMs: Date.now(),
    method: request.method ?? '',
    path: pathOf(request),
    contentType: request.headers['content-type'] ?? '',
    contentEncoding: request.headers['content-encoding'] ?? '',
  };
}

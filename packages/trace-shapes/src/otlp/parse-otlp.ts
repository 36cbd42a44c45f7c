import { type DescMessage, fromBinary } from '@bufbuild/protobuf';
import { ExportLogsServiceRequestSchema } from './generated/opentelemetry/proto/collector/logs/v1/logs_service_pb.js';
import { ExportMetricsServiceRequestSchema } from './generated/opentelemetry/proto/collector/metrics/v1/metrics_service_pb.js';
import { ExportTraceServiceRequestSchema } from './generated/opentelemetry/proto/collector/trace/v1/trace_service_pb.js';
import { MalformedTelemetry } from './malformed-telemetry.ts';
import { parseJson } from './parse-json.ts';
import { parseLogs } from './parse-logs.ts';
import { parseMetrics } from './parse-metrics.ts';
import { parseSpans } from './parse-spans.ts';
import type { Fields } from './read-fields.ts';
import type { Telemetry } from './telemetry.ts';

/** What a request of OTLP carries, by the name that it has in the path. */
export type Signal = 'traces' | 'logs' | 'metrics';

/** Parses the body of an OTLP request in JSON. Throws `MalformedTelemetry`, which says where and what. */
export function parseOtlpJson(signal: Signal, body: string | Uint8Array): Telemetry {
  return parseJson(body, (request) => {
    refuseMisplaced(signal, request);
    return parseRequest(signal, request);
  });
}

/** Parses the body of an OTLP request in protobuf. Throws `MalformedTelemetry`, which says where and what. */
export function parseOtlpProtobuf(signal: Signal, body: Uint8Array): Telemetry {
  return parseRequest(signal, decode(SCHEMAS[signal], body));
}

/** The telemetry of a decoded request. */
export function parseRequest(signal: Signal, request: Fields): Telemetry {
  return {
    spans: signal === 'traces' ? parseSpans(request) : [],
    logs: signal === 'logs' ? parseLogs(request) : [],
    metrics: signal === 'metrics' ? parseMetrics(request) : [],
  };
}

function decode(schema: DescMessage, body: Uint8Array): Fields {
  try {
    return { ...fromBinary(schema, body, { readUnknownFields: false, recursionLimit: MESSAGE_DEPTH }) };
  } catch (error) {
    const looks = body[0] === 0x7b ? ' It looks like JSON, whose content-type is application/json.' : '';
    const reason = error instanceof Error ? error.message : String(error);
    throw new MalformedTelemetry('', `The body is not a protobuf ${schema.name}: ${reason}.${looks}`);
  }
}

/** Unknown fields are to be ignored, but a request without any known one, that has another signal's, is a mistake. */
function refuseMisplaced(signal: Signal, request: Fields): void {
  if (request[TOP_FIELDS[signal]] !== undefined) return;
  for (const [other, field] of Object.entries(TOP_FIELDS)) {
    if (request[field] !== undefined) {
      throw new MalformedTelemetry(field, `is no field of a ${signal} request. Send it to /v1/${other}.`);
    }
  }
  const snake = TOP_FIELDS[signal].replace(/[A-Z]/, (letter) => `_${letter.toLowerCase()}`);
  if (request[snake] !== undefined) {
    throw new MalformedTelemetry(snake, `OTLP JSON has lowerCamelCase keys: \`${TOP_FIELDS[signal]}\`.`);
  }
}

/** The field that a request of each signal has its data in. */
export const TOP_FIELDS: Readonly<Record<Signal, string>> = {
  traces: 'resourceSpans',
  logs: 'resourceLogs',
  metrics: 'resourceMetrics',
};

const SCHEMAS: Readonly<Record<Signal, DescMessage>> = {
  traces: ExportTraceServiceRequestSchema,
  logs: ExportLogsServiceRequestSchema,
  metrics: ExportMetricsServiceRequestSchema,
};

/** Room for a value of the greatest allowed depth, each level of which takes up to three messages. */
const MESSAGE_DEPTH = 200;

import { fromJson, toBinary } from '@bufbuild/protobuf';
import { encodeOtlp } from '../src/otlp/encode-otlp.ts';
import { ExportTraceServiceRequestSchema } from '../src/otlp/generated/opentelemetry/proto/collector/trace/v1/trace_service_pb.js';
import type { Span } from '../src/otlp/telemetry.ts';
import { sketchSpans } from '../src/testing/sketch-traces.ts';

/** Spans in a request: what the SDKs' batch processors send at most. */
export const BATCH = 512;

/** One request as bytes, with as many attributes as instrumentations set, in both encodings. */
export function toBodies(): { readonly json: Buffer; readonly protobuf: Buffer } {
  const spans = makeSpans();
  const request = encodeOtlp('traces', { spans, logs: [], metrics: [] });
  const json = Buffer.from(JSON.stringify(request));
  // Protobuf's own mapping has ids in base64, where OTLP has hex.
  const mapped = JSON.stringify(request, (key, value) =>
    /^(traceId|spanId|parentSpanId)$/.test(key) && value ? Buffer.from(value, 'hex').toString('base64') : value,
  );
  const protobuf = Buffer.from(
    toBinary(ExportTraceServiceRequestSchema, fromJson(ExportTraceServiceRequestSchema, JSON.parse(mapped))),
  );
  return { json, protobuf };
}

function makeSpans(): readonly Span[] {
  const [first, ...others] = sketchSpans(
    Array.from({ length: BATCH / 2 }, (_, i) => ({
      name: 'GET /orders/:id',
      kind: 'server',
      attributes: {
        'http.request.method': 'GET',
        'url.path': `/orders/${i}`,
        'url.scheme': 'http',
        'http.route': '/orders/:id',
        'http.response.status_code': 200,
        'server.address': '127.0.0.1',
        'server.port': 4102,
      },
      children: [
        {
          name: 'SELECT',
          kind: 'client',
          attributes: { 'db.system.name': 'postgresql', 'db.query.text': 'SELECT * FROM orders WHERE id = $1' },
        },
      ],
    })),
  );
  const { resource, scope } = first as Span;
  return [first as Span, ...others].map((span) => ({ ...span, resource, scope }));
}

import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, expect, test, vi } from 'vitest';
import { buildTraces } from '../trace/build-traces.ts';
import { startReceiver } from './start-receiver.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const EXPORTERS = [
  { protocol: 'json', compression: 'none', create: () => new JsonExporter(), contentType: 'application/json' },
  { protocol: 'json', compression: 'gzip', create: () => new JsonExporter(), contentType: 'application/json' },
  {
    protocol: 'protobuf',
    compression: 'none',
    create: () => new ProtobufExporter(),
    contentType: 'application/x-protobuf',
  },
  {
    protocol: 'protobuf',
    compression: 'gzip',
    create: () => new ProtobufExporter(),
    contentType: 'application/x-protobuf',
  },
];

test.for(EXPORTERS)(
  'understands the $protocol exporter, compression $compression',
  async ({ compression, create, contentType }) => {
    await using receiver = await startReceiver();
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', receiver.endpoint);
    vi.stubEnv('OTEL_EXPORTER_OTLP_COMPRESSION', compression);
    await emitOrder(create());

    const [first, ...more] = buildTraces(receiver.telemetry.spans);
    expect(more).toEqual([]);
    const [root] = first?.roots ?? [];
    const [child] = root?.children ?? [];
    expect(root?.span).toMatchObject({
      name: 'POST /orders',
      kind: 'server',
      service: 'shop',
      scope: { name: 'shop-tracer', version: '1.0.0' },
      status: { code: 'error', message: 'declined' },
      startUnixNano: 1_700_000_000_000_000_000n,
      attributes: { 'order.lines': 3, 'order.total': 12.5, 'order.gift': true, 'order.yarns': ['merino', 'alpaca'] },
      events: [{ name: 'declined', attributes: { code: 'card' } }],
    });
    expect(child?.span).toMatchObject({
      name: 'charge card',
      kind: 'client',
      links: [{ traceId: first?.traceId, attributes: { a: 'b' } }],
    });
    expect(first?.traceId).toMatch(/^[\da-f]{32}$/);
    expect(receiver.evidence).toMatchObject([
      { contentType, contentEncoding: compression === 'gzip' ? 'gzip' : '', status: 200, spans: 2 },
    ]);
  },
);

test('finds an exporter whose url lacks the path', async () => {
  await using receiver = await startReceiver();
  await emitOrder(new ProtobufExporter({ url: receiver.endpoint }));
  expect(receiver.telemetry.spans).toEqual([]);
  expect(receiver.evidence).toMatchObject([{ path: '/', status: 404, refusal: expect.stringContaining('/v1/traces') }]);
});

async function emitOrder(exporter: SpanExporter): Promise<void> {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'shop' }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('shop-tracer', '1.0.0');
  const order = tracer.startSpan(
    'POST /orders',
    { kind: SpanKind.SERVER, startTime: [1_700_000_000, 0] },
    ROOT_CONTEXT,
  );
  order.setAttributes({
    'order.lines': 3,
    'order.total': 12.5,
    'order.gift': true,
    'order.yarns': ['merino', 'alpaca'],
  });
  order.addEvent('declined', { code: 'card' });
  order.setStatus({ code: SpanStatusCode.ERROR, message: 'declined' });
  const links = [{ context: order.spanContext(), attributes: { a: 'b' } }];
  tracer.startSpan('charge card', { kind: SpanKind.CLIENT, links }, trace.setSpan(ROOT_CONTEXT, order)).end();
  order.end();
  await provider.shutdown().catch(() => {});
}

import { expect, test } from 'vitest';
import { treeOf } from '../stages/tree.ts';
import { emptyRun } from '../verify/empty-run.ts';
import { explainSilence, type SilenceReason, silenceReason } from './diagnose-silence.ts';

const loaded = 'shop: node --import ./tracing.ts shop/main.ts\n';
const sdk = "import { NodeSDK } from '@opentelemetry/sdk-node'\nnew NodeSDK().start()\n";
const shop = "tracer.startActiveSpan('POST /orders', (span) => span.end())\n";

function benchOf(files: Readonly<Record<string, string>> = {}) {
  return {
    ...emptyRun,
    bench: treeOf(Object.entries({ Procfile: loaded, 'tracing.ts': sdk, 'shop/main.ts': shop, ...files })),
  };
}

const told: readonly (readonly [SilenceReason, Readonly<Record<string, string>>])[] = [
  ['not loaded', { Procfile: 'shop: node shop/main.ts\n# shop: node --import ./tracing.ts shop/main.ts\n' }],
  ['not started', { 'tracing.ts': sdk.replace('.start()', '') }],
  [
    'not started',
    { 'tracing.ts': sdk.replace('new NodeSDK()', 'new NodeSDK() /*').replace('.start()', '.start() */') },
  ],
  ['disabled', { Procfile: loaded.replace('node', 'OTEL_SDK_DISABLED=true node') }],
  ['wrong port', { 'tracing.ts': `${sdk}new OTLPTraceExporter({ url: 'http://localhost:4318/v1/traces' })\n` }],
  ['wrong port', { Procfile: loaded.replace('node', 'OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318 node') }],
  ['no exporter', { 'tracing.ts': `${sdk}new BatchSpanProcessor(new OTLPTraceExporter())\n` }],
  ['unsampled', { 'tracing.ts': `${sdk}new AlwaysOffSampler()\n` }],
  ['ratio as text', { 'tracing.ts': `${sdk}new TraceIdRatioBasedSampler(process.env.OTEL_TRACES_SAMPLER_ARG)\n` }],
  ['nobody exports', { 'tracing.ts': `${sdk}const options = { spanProcessors: [redacting] }\n` }],
  ['no span made', { 'shop/main.ts': 'app.listen()\n' }],
  ['never ended', { 'shop/main.ts': 'tracer.startSpan(name)\n', 'lib/http.ts': 'req.end()\n' }],
  ['unknown', { Procfile: `# OTEL_SDK_DISABLED=true\n${loaded}` }],
  ['unknown', {}],
];

for (const [reason, files] of told) {
  test(`says "${reason}" of a bench with ${JSON.stringify(files)}`, () => {
    expect(silenceReason(benchOf(files))).toBe(reason);
  });
}

test('takes a processor with options, or a span that a helper ends, for no mistake', () => {
  const own = `${sdk}new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })\n`;
  const helper = 'export const inSpan = (name) => tracer.startSpan(name).end()\n';
  expect(silenceReason(benchOf({ 'tracing.ts': own, 'lib/in-span.ts': helper, 'shop/main.ts': '' }))).toBe('unknown');
});

test('takes a ratio that is made a number for no mistake', () => {
  const own = `${sdk}new TraceIdRatioBasedSampler(Number(process.env.OTEL_TRACES_SAMPLER_ARG ?? 1))\n`;
  expect(silenceReason(benchOf({ 'tracing.ts': own }))).toBe('unknown');
});

test('believes what the receiver refused before anything else, and says what it answered', () => {
  const request = { timeUnixMs: 0, method: 'POST', path: '/', contentType: 'application/json', contentEncoding: '' };
  const refused = { ...request, status: 404, refusal: 'Nothing is at `/`.', spans: 0, logs: 0, metrics: 0 };
  const run = { ...benchOf({ 'shop/main.ts': '' }), evidence: [refused] };
  expect(silenceReason(run)).toBe('wrong path');
  expect(explainSilence(run, 'workbench').message).toContain('Nothing is at `/`.');
});

test('learns nothing of the app from a web page that was refused', () => {
  const request = { timeUnixMs: 0, method: 'POST', path: '/v1/traces', contentType: '', contentEncoding: '' };
  const page = { ...request, status: 403, refusal: 'It comes from a web page.', spans: 0, logs: 0, metrics: 0 };
  expect(silenceReason({ ...benchOf({ 'shop/main.ts': '' }), evidence: [page] })).toBe('no span made');
});

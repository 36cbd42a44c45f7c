import { type DescMessage, fromBinary } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import recording from '../receive/fixtures/python-requests.json' with { type: 'json' };
import { mutateBytes, randomNumbers } from '../testing/mutate.ts';
import { decodeProtobuf } from './decode-protobuf.ts';
import { ExportLogsServiceRequestSchema } from './generated/opentelemetry/proto/collector/logs/v1/logs_service_pb.js';
import { ExportMetricsServiceRequestSchema } from './generated/opentelemetry/proto/collector/metrics/v1/metrics_service_pb.js';
import { ExportTraceServiceRequestSchema } from './generated/opentelemetry/proto/collector/trace/v1/trace_service_pb.js';

const SCHEMAS: Readonly<Record<string, DescMessage>> = {
  '/v1/traces': ExportTraceServiceRequestSchema,
  '/v1/logs': ExportLogsServiceRequestSchema,
  '/v1/metrics': ExportMetricsServiceRequestSchema,
};
const REAL = recording.requests
  .filter(({ headers }) => headers['content-type'] === 'application/x-protobuf' && !('content-encoding' in headers))
  .map(({ path, body }) => ({ schema: SCHEMAS[path] as DescMessage, bytes: Buffer.from(body, 'base64') }));

test('decodes what the library decodes, and refuses what it refuses, sound or spoilt', () => {
  const random = randomNumbers(5);
  const outcomes = { decoded: 0, refused: 0 };
  for (let i = 0; i < 6_000; i++) {
    const { schema, bytes } = REAL[i % REAL.length] as (typeof REAL)[number];
    const body = i < REAL.length ? bytes : mutateBytes(bytes, random);
    const decoded = outcomeOf(() => decodeProtobuf(schema, body));
    expect(decoded).toEqual(outcomeOf(() => fromBinary(schema, body, { recursionLimit: 200 })));
    outcomes[decoded === REFUSED ? 'refused' : 'decoded'] += 1;
  }
  expect(outcomes.decoded).toBeGreaterThan(200);
  expect(outcomes.refused).toBeGreaterThan(1_000);
});

test('takes the last of a oneof, and all the pieces of a message', () => {
  const dataOf = (field: number, flags: number) => wrap(field, wrap(1, [0x40, flags]));
  const metric = [...dataOf(GAUGE, 3), ...dataOf(SUM, 1), ...dataOf(SUM, 2)];
  const body = wrap(1, wrap(2, wrap(2, metric)));
  expect(decodeProtobuf(ExportMetricsServiceRequestSchema, Uint8Array.from(body))).toEqual({
    resourceMetrics: [{ scopeMetrics: [{ metrics: [{ sum: { dataPoints: [{ flags: 1 }, { flags: 2 }] } }] }] }],
  });
});

function wrap(field: number, inner: readonly number[]): number[] {
  return [field * 8 + 2, inner.length, ...inner];
}

const GAUGE = 5;
const SUM = 7;
const REFUSED = 'refused';

function outcomeOf(decode: () => object): unknown {
  try {
    return plain(decode());
  } catch {
    return REFUSED;
  }
}

/** A message without what is only the library's: types, unknown fields, `case` and `value`, and fields that did not come. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  const fields = Object.entries(value)
    .filter(([key]) => !key.startsWith('$'))
    .map(([key, of]): [unknown, unknown] => (isOneOf(of) ? [of.case, of.value] : [key, of]));
  return Object.fromEntries(fields.filter(([, of]) => !isDefault(of)).map(([key, of]) => [key, plain(of)]));
}

function isOneOf(value: unknown): value is { readonly case: unknown; readonly value?: unknown } {
  return typeof value === 'object' && value !== null && 'case' in value;
}

function isDefault(value: unknown): boolean {
  return !value || ((Array.isArray(value) || value instanceof Uint8Array) && value.length === 0);
}

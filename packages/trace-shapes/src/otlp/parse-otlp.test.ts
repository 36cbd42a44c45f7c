import { create, toBinary } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { ExportTraceServiceRequestSchema } from './generated/opentelemetry/proto/collector/trace/v1/trace_service_pb.js';
import { parseOtlpJson, parseOtlpProtobuf } from './parse-otlp.ts';
import type { AttributeValue, Span } from './telemetry.ts';

const TRACE_ID = '5b8aa5a2d2c872e8321cf37308d69df2';
const SPAN_ID = '051581bf3cb55c13';
const OTHER_ID = 'eee19b7ec3c1b174';
const NOTHING = { spans: [], logs: [], metrics: [] };

test('reads every field of a span from JSON', () => {
  expect(parseOtlpJson('traces', JSON.stringify(fullRequest())).spans).toEqual([fullSpan()]);
});

test('reads the same span from protobuf', () => {
  const message = create(ExportTraceServiceRequestSchema, {
    resourceSpans: [
      {
        resource: { attributes: [text('service.name', 'shop')], droppedAttributesCount: 1 },
        schemaUrl: 'https://opentelemetry.io/schemas/1.40.0',
        scopeSpans: [
          {
            scope: {
              name: 'shop-tracer',
              version: '1.2.3',
              attributes: [text('team', 'yarn')],
              droppedAttributesCount: 2,
            },
            schemaUrl: 'https://opentelemetry.io/schemas/1.41.0',
            spans: [
              {
                traceId: hex(TRACE_ID),
                spanId: hex(SPAN_ID),
                parentSpanId: hex(OTHER_ID),
                traceState: 'a=b',
                flags: 0x101,
                name: 'POST /orders',
                kind: 2,
                startTimeUnixNano: 1_700_000_000_000_000_001n,
                endTimeUnixNano: 1_700_000_000_000_000_999n,
                attributes: [text('http.route', '/orders')],
                events: [
                  { name: 'exception', timeUnixNano: 7n, attributes: [text('a', 'b')], droppedAttributesCount: 3 },
                ],
                links: [
                  {
                    traceId: hex(TRACE_ID),
                    spanId: hex(OTHER_ID),
                    traceState: 'c=d',
                    flags: 0x300,
                    attributes: [text('e', 'f')],
                    droppedAttributesCount: 4,
                  },
                ],
                status: { code: 2, message: 'declined' },
                droppedAttributesCount: 5,
                droppedEventsCount: 6,
                droppedLinksCount: 7,
              },
            ],
          },
        ],
      },
    ],
  });
  const body = toBinary(ExportTraceServiceRequestSchema, message);
  expect(parseOtlpProtobuf('traces', body).spans).toEqual([fullSpan()]);
});

test('takes ids in any case, and integers and enums in any of their spellings', () => {
  const [span] = parseOtlpJson(
    'traces',
    traceOf({
      traceId: TRACE_ID.toUpperCase(),
      kind: 'SPAN_KIND_CONSUMER',
      startTimeUnixNano: 1_700_000_000,
      endTimeUnixNano: '1700000000000000999',
      status: { code: 'STATUS_CODE_OK' },
      droppedAttributesCount: '3',
    }),
  ).spans;
  expect(span).toMatchObject({
    traceId: TRACE_ID,
    kind: 'consumer',
    startUnixNano: 1_700_000_000n,
    endUnixNano: 1_700_000_000_000_000_999n,
    status: { code: 'ok' },
    droppedAttributesCount: 3,
  });
});

test('keeps integers exact that were written as JSON numbers too large for one', () => {
  const body = traceOf({ startTimeUnixNano: '@', name: '[1700000000000000123,' }).replace('"@"', '1700000000000000123');
  expect(parseOtlpJson('traces', body).spans[0]).toMatchObject({
    startUnixNano: 1_700_000_000_000_000_123n,
    name: '[1700000000000000123,',
  });
});

test('takes a parent id that is absent, null, empty or all zeros as none', () => {
  const parents = [undefined, null, '', '0000000000000000'];
  const ids = parents.map((parentSpanId) => parseOtlpJson('traces', traceOf({ parentSpanId })).spans[0]?.parentSpanId);
  expect(ids).toEqual([undefined, undefined, undefined, undefined]);
});

test('reads attribute values of every type', () => {
  const values: [object, AttributeValue][] = [
    [{ stringValue: '' }, ''],
    [{ boolValue: false }, false],
    [{ intValue: '42' }, 42],
    [{ intValue: -7 }, -7],
    [{ intValue: '9223372036854775807' }, 9_223_372_036_854_775_807n],
    [{ doubleValue: 1.5 }, 1.5],
    [{ doubleValue: 'NaN' }, Number.NaN],
    [{ doubleValue: '-Infinity' }, Number.NEGATIVE_INFINITY],
    [{ bytesValue: 'AQID' }, new Uint8Array([1, 2, 3])],
    [{ arrayValue: { values: [{ intValue: 1 }, { arrayValue: {} }, {}] } }, [1, [], null]],
    [{ kvlistValue: { values: [{ key: 'a', value: { stringValue: 'b' } }] } }, { a: 'b' }],
    [{}, null],
  ];
  for (const [value, expected] of values) expect(attributeOf(value)).toEqual(expected);
});

test('keeps hostile attribute keys as keys', () => {
  const keys = ['__proto__', 'constructor', 'toString'];
  const attributes = keys.map((key) => ({ key, value: { stringValue: 'x' } }));
  const parsed = parseOtlpJson('traces', traceOf({ attributes })).spans[0]?.attributes;
  expect(Object.keys(parsed ?? {})).toEqual(keys);
  expect('hasOwnProperty' in (parsed ?? {})).toBe(false);
});

test('ignores fields that it does not know', () => {
  const body = { resourceSpans: [{ entityRefs: [1], scopeSpans: [{ spans: [span({ colour: 'red' })] }] }], new: {} };
  expect(parseOtlpJson('traces', JSON.stringify(body)).spans).toHaveLength(1);
});

test('takes an empty request as one that brings nothing', () => {
  expect(parseOtlpJson('traces', '{}')).toEqual(NOTHING);
  expect(parseOtlpProtobuf('metrics', new Uint8Array())).toEqual(NOTHING);
});

test('reads log records with the span that they were written in', () => {
  const logRecords = [
    {
      timeUnixNano: '5',
      observedTimeUnixNano: '6',
      severityNumber: 'SEVERITY_NUMBER_INFO2',
      severityText: 'info',
      body: { kvlistValue: { values: [{ key: 'msg', value: { stringValue: 'retrying' } }] } },
      attributes: [],
      droppedAttributesCount: 1,
      eventName: 'retry',
      flags: 1,
      traceId: TRACE_ID,
      spanId: SPAN_ID,
    },
    { body: { stringValue: 'outside' } },
  ];
  const { logs } = parseOtlpJson('logs', JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }));
  expect(logs).toMatchObject([
    {
      timeUnixNano: 5n,
      observedTimeUnixNano: 6n,
      severityNumber: 10,
      severityText: 'info',
      body: { msg: 'retrying' },
      eventName: 'retry',
      traceId: TRACE_ID,
      spanId: SPAN_ID,
      service: 'unknown_service',
    },
    { traceId: undefined, spanId: undefined, body: 'outside' },
  ]);
});

test('reads metrics of every type', () => {
  const metrics = [
    { name: 'g', gauge: { dataPoints: [{ asDouble: 1.5 }] } },
    { name: 's', unit: '{order}', sum: { isMonotonic: true, dataPoints: [{ asInt: '3', timeUnixNano: '9' }] } },
    { name: 'h', histogram: { dataPoints: [{ count: '2', sum: 3, bucketCounts: ['1', 1], explicitBounds: [5] }] } },
    { name: 'e', exponentialHistogram: { dataPoints: [{ count: 2 }] } },
    { name: 'y', summary: { dataPoints: [{ count: 2, sum: 'NaN' }] } },
  ];
  const parsed = parseOtlpJson(
    'metrics',
    JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] }),
  ).metrics;
  expect(parsed.map(({ name, type, monotonic }) => ({ name, type, monotonic }))).toEqual([
    { name: 'g', type: 'gauge', monotonic: false },
    { name: 's', type: 'sum', monotonic: true },
    { name: 'h', type: 'histogram', monotonic: false },
    { name: 'e', type: 'exponential-histogram', monotonic: false },
    { name: 'y', type: 'summary', monotonic: false },
  ]);
  expect(parsed.map(({ points }) => points[0])).toMatchObject([
    { value: 1.5, count: undefined },
    { value: 3, timeUnixNano: 9n },
    { value: undefined, count: 2, sum: 3, bucketCounts: [1, 1], explicitBounds: [5] },
    { count: 2, sum: undefined },
    { count: 2, sum: Number.NaN },
  ]);
});

test('says where a malformed request is wrong, and how', () => {
  const bad: [object, string][] = [
    [{ traceId: 'xyz' }, 'traceId: "xyz" is not 32 hex digits'],
    [
      { traceId: 'W4qlotLIcugyHPNzCNad8g==' },
      'traceId: "W4qlotLIcugyHPNzCNad8g==" is not 32 hex digits, which OTLP JSON has instead of base64',
    ],
    [{ traceId: '0'.repeat(32) }, 'traceId: is missing, empty or all zeros'],
    [{ spanId: undefined }, 'spanId: is missing, empty or all zeros'],
    [{ name: 7 }, 'name: 7 is not a string'],
    [{ kind: 'SERVER' }, 'kind: "SERVER" is not an integer from 0 to 5'],
    [{ startTimeUnixNano: -1 }, 'startTimeUnixNano: -1 is not a time in nanoseconds since 1970'],
    [{ endTimeUnixNano: '2024-01-01' }, 'endTimeUnixNano: "2024-01-01" is not a time in nanoseconds since 1970'],
    [
      { startTimeUnixNano: '9'.repeat(1000) },
      `startTimeUnixNano: "${'9'.repeat(59)}… is not a time in nanoseconds since 1970`,
    ],
    [{ attributes: {} }, 'attributes: {} is not a list'],
    [
      { attributes: [{ key: 'a', value: { intValue: 1.5 } }] },
      'attributes[0].value.intValue: 1.5 is not a 64-bit integer',
    ],
    [{ attributes: [{ key: 'a', value: 'b' }] }, 'attributes[0].value: "b" is not an object'],
    [{ events: [{}, null] }, 'events[1]: null is not an object'],
    [{ links: [{ traceId: TRACE_ID }] }, 'links[0].spanId: is missing, empty or all zeros'],
    [{ status: { code: true } }, 'status.code: true is not an integer from 0 to 2'],
    [{ droppedLinksCount: 'many' }, 'droppedLinksCount: "many" is not a whole number from 0'],
  ];
  for (const [fields, message] of bad) {
    const body = JSON.stringify({ resourceSpans: [{}, { scopeSpans: [{ spans: [span(), span(fields)] }] }] });
    expect(() => parseOtlpJson('traces', body)).toThrow(`resourceSpans[1].scopeSpans[0].spans[1].${message}`);
  }
});

test('says what is wrong with a body that is no request at all', () => {
  const messages = [
    ['', 'The body is not JSON: Unexpected end of JSON input.'],
    ['[]', 'The body is [], not a JSON object.'],
    ['null', 'The body is null, not a JSON object.'],
    ['{"resource_spans":[]}', 'resource_spans: OTLP JSON has lowerCamelCase keys: `resourceSpans`.'],
    ['{"resourceLogs":[]}', 'resourceLogs: is no field of a traces request. Send it to /v1/logs.'],
    ['{"resourceSpans":{}}', 'resourceSpans: {} is not a list'],
  ] as const;
  for (const [body, message] of messages) expect(() => parseOtlpJson('traces', body)).toThrow(message);
  expect(() => parseOtlpJson('traces', new Uint8Array([0xff, 0xfe]))).toThrow('The body is not UTF-8 text.');
  expect(() => parseOtlpProtobuf('traces', Buffer.from('{"resourceSpans":[]}'))).toThrow('It looks like JSON');
});

test('refuses values that are nested too deep, in both encodings', () => {
  const tooDeep = 'is nested deeper than 32 levels';
  expect(attributeOf(nestedValue(32))).toBeInstanceOf(Array);
  expect(() => attributeOf(nestedValue(33))).toThrow(tooDeep);
  const hundredThousand = traceOf({ attributes: ['@'] }).replace(
    '"@"',
    `{"key":"a","value":${'{"arrayValue":{"values":['.repeat(100_000)}${']}}'.repeat(100_000)}}`,
  );
  expect(() => parseOtlpJson('traces', hundredThousand)).toThrow(tooDeep);
  expect(() => parseOtlpJson('traces', hundredThousand.replace('"key"', '"n":12345678901234567890,"key"'))).toThrow();
  expect(() => parseOtlpProtobuf('traces', nestedProtobuf(50_000))).toThrow('maximum recursion depth');
});

test('meets any bytes with telemetry or with words', () => {
  const random = randomBytes(42);
  const body = toBinary(
    ExportTraceServiceRequestSchema,
    create(ExportTraceServiceRequestSchema, {
      resourceSpans: [
        { scopeSpans: [{ spans: [{ traceId: hex(TRACE_ID), spanId: hex(SPAN_ID), attributes: [text('a', 'b')] }] }] },
      ],
    }),
  );
  const json = Buffer.from(JSON.stringify(fullRequest()));
  for (let round = 0; round < 2000; round++) {
    for (const parse of [parseOtlpJson, parseOtlpProtobuf]) {
      const mutated = Uint8Array.from(parse === parseOtlpJson ? json : body);
      for (let change = 0; change <= round % 4; change++) mutated[random() % mutated.length] = random() % 256;
      expect(() =>
        parseOrExplain(() => parse('traces', mutated.subarray(0, mutated.length - (round % 7)))),
      ).not.toThrow();
    }
  }
});

function parseOrExplain(parse: () => unknown): void {
  try {
    parse();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'MalformedTelemetry') throw error;
  }
}

function randomBytes(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
}

function nestedValue(depth: number): object {
  let value: object = { intValue: 1 };
  for (let level = 0; level < depth; level++) value = { arrayValue: { values: [value] } };
  return value;
}

/** AnyValue in ArrayValue in AnyValue …, each length-delimited; built from the inside out. */
function nestedProtobuf(depth: number): Uint8Array {
  const head: Buffer[] = [];
  let length = 0;
  const fields = [1, 2, 2, 9, 2, ...Array.from({ length: depth }, (_, level) => (level % 2 === 0 ? 5 : 1))];
  for (const field of fields.reverse()) {
    const prefix = Buffer.from([(field << 3) | 2, ...varint(length)]);
    head.push(prefix);
    length += prefix.length;
  }
  return Buffer.concat(head.reverse());
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

function attributeOf(value: object): AttributeValue | undefined {
  return parseOtlpJson('traces', traceOf({ attributes: [{ key: 'a', value }] })).spans[0]?.attributes.a;
}

function traceOf(fields: object): string {
  return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span(fields)] }] }] });
}

function span(fields: object = {}): object {
  return { traceId: TRACE_ID, spanId: SPAN_ID, name: 'a', startTimeUnixNano: '1', endTimeUnixNano: '2', ...fields };
}

function text(key: string, value: string) {
  return { key, value: { value: { case: 'stringValue' as const, value } } };
}

function hex(id: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(id, 'hex'));
}

function fullRequest(): object {
  const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  return {
    resourceSpans: [
      {
        resource: { attributes: [attribute('service.name', 'shop')], droppedAttributesCount: 1 },
        schemaUrl: 'https://opentelemetry.io/schemas/1.40.0',
        scopeSpans: [
          {
            scope: {
              name: 'shop-tracer',
              version: '1.2.3',
              attributes: [attribute('team', 'yarn')],
              droppedAttributesCount: 2,
            },
            schemaUrl: 'https://opentelemetry.io/schemas/1.41.0',
            spans: [
              {
                traceId: TRACE_ID,
                spanId: SPAN_ID,
                parentSpanId: OTHER_ID,
                traceState: 'a=b',
                flags: 0x101,
                name: 'POST /orders',
                kind: 2,
                startTimeUnixNano: '1700000000000000001',
                endTimeUnixNano: '1700000000000000999',
                attributes: [attribute('http.route', '/orders')],
                events: [
                  {
                    name: 'exception',
                    timeUnixNano: '7',
                    attributes: [attribute('a', 'b')],
                    droppedAttributesCount: 3,
                  },
                ],
                links: [
                  {
                    traceId: TRACE_ID,
                    spanId: OTHER_ID,
                    traceState: 'c=d',
                    flags: 0x300,
                    attributes: [attribute('e', 'f')],
                    droppedAttributesCount: 4,
                  },
                ],
                status: { code: 2, message: 'declined' },
                droppedAttributesCount: 5,
                droppedEventsCount: 6,
                droppedLinksCount: 7,
              },
            ],
          },
        ],
      },
    ],
  };
}

function fullSpan(): Span {
  return {
    traceId: TRACE_ID,
    spanId: SPAN_ID,
    parentSpanId: OTHER_ID,
    traceState: 'a=b',
    flags: 0x101,
    name: 'POST /orders',
    kind: 'server',
    startUnixNano: 1_700_000_000_000_000_001n,
    endUnixNano: 1_700_000_000_000_000_999n,
    attributes: { 'http.route': '/orders' },
    events: [{ name: 'exception', timeUnixNano: 7n, attributes: { a: 'b' }, droppedAttributesCount: 3 }],
    links: [
      {
        traceId: TRACE_ID,
        spanId: OTHER_ID,
        traceState: 'c=d',
        flags: 0x300,
        attributes: { e: 'f' },
        droppedAttributesCount: 4,
      },
    ],
    status: { code: 'error', message: 'declined' },
    droppedAttributesCount: 5,
    droppedEventsCount: 6,
    droppedLinksCount: 7,
    resource: {
      attributes: { 'service.name': 'shop' },
      droppedAttributesCount: 1,
      schemaUrl: 'https://opentelemetry.io/schemas/1.40.0',
    },
    scope: {
      name: 'shop-tracer',
      version: '1.2.3',
      attributes: { team: 'yarn' },
      droppedAttributesCount: 2,
      schemaUrl: 'https://opentelemetry.io/schemas/1.41.0',
    },
    service: 'shop',
  };
}

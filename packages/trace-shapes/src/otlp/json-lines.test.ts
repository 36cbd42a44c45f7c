import { expect, test } from 'vitest';
import { joinTelemetry, parseJsonLines, toJsonLine, toJsonLines } from './json-lines.ts';
import type { AttributeValue, LogRecord, Metric, Resource, Scope, Span, Telemetry } from './telemetry.ts';

const SHOP = origin('shop', 'tracer');
const WAREHOUSE = origin('warehouse', 'tracer');
const EVERY_VALUE: Record<string, AttributeValue> = {
  text: 'ö',
  yes: true,
  no: false,
  whole: 3,
  negative: -1,
  half: 0.5,
  huge: 1e300,
  'minus zero': -0,
  'not a number': Number.NaN,
  infinite: Number.POSITIVE_INFINITY,
  'infinite below': Number.NEGATIVE_INFINITY,
  long: 9_223_372_036_854_775_807n,
  nothing: null,
  bytes: new Uint8Array([0, 255]),
  list: ['a', 1, [], {}],
  map: { inner: { deep: [null] } },
};

test('brings back what it wrote, in the order of arrival', () => {
  const telemetry: Telemetry = {
    spans: [
      spanOf('1', SHOP),
      spanOf('2', WAREHOUSE),
      spanOf('3', SHOP),
      { ...spanOf('4', SHOP), scope: { ...SHOP.scope, name: 'pg' } },
    ],
    logs: [logOf(SHOP), { ...logOf(WAREHOUSE), traceId: undefined, spanId: undefined, body: EVERY_VALUE }],
    metrics: [
      metricOf('gauge'),
      metricOf('sum'),
      metricOf('histogram'),
      metricOf('exponential-histogram'),
      metricOf('summary'),
    ],
  };
  expect(parseJsonLines(toJsonLines(telemetry))).toStrictEqual(withoutPrototypes(telemetry));
});

test('shares one resource among the spans that came with it', () => {
  const { spans } = parseJsonLines(
    toJsonLines({ spans: [spanOf('1', SHOP), spanOf('2', SHOP)], logs: [], metrics: [] }),
  );
  expect(spans[0]?.resource).toBe(spans[1]?.resource);
});

test('writes one line for each signal that there is any of', () => {
  const spans = [spanOf('1', SHOP)];
  expect(toJsonLines({ spans, logs: [], metrics: [] })).toBe(toJsonLine('traces', { spans, logs: [], metrics: [] }));
  expect(toJsonLines({ spans: [], logs: [], metrics: [] })).toBe('');
});

test('reads lines of any signal, with blank ones between them', () => {
  const line = toJsonLines({ spans: [spanOf('1', SHOP)], logs: [logOf(SHOP)], metrics: [] });
  expect(parseJsonLines(`\r\n${line.replaceAll('\n', '\r\n')}\n${line}`)).toMatchObject({
    spans: [{ name: '1' }, { name: '1' }],
    logs: [{ body: 'hello' }, { body: 'hello' }],
  });
});

test('leaves out a last line that was cut short', () => {
  const line = toJsonLine('traces', { spans: [spanOf('1', SHOP)], logs: [], metrics: [] });
  for (const end of [1, 10, line.length - 2]) {
    expect(parseJsonLines(line + line.slice(0, end)).spans).toHaveLength(1);
  }
  expect(parseJsonLines(line + line.trimEnd()).spans).toHaveLength(2);
});

test('names the line that is malformed', () => {
  expect(() => parseJsonLines('{"resourceSpans":[]}\n{"resourceSpans":[7]}\n')).toThrow(
    'line 2: resourceSpans[0]: 7 is not an object',
  );
  expect(() => parseJsonLines('{}\n')).toThrow('line 1: has none of resourceSpans, resourceLogs, resourceMetrics.');
  expect(() => parseJsonLines('{"resourceSp\n{}\n')).toThrow('line 1: The body is not JSON');
});

test('joins batches in their order', () => {
  const batch = (name: string): Telemetry => ({ spans: [spanOf(name, SHOP)], logs: [], metrics: [] });
  expect(joinTelemetry([batch('a'), batch('b')]).spans.map(({ name }) => name)).toEqual(['a', 'b']);
});

function origin(service: string, tracer: string): { resource: Resource; scope: Scope; service: string } {
  return {
    resource: { attributes: { 'service.name': service }, droppedAttributesCount: 1, schemaUrl: 'r' },
    scope: { name: tracer, version: '1', attributes: { a: 1 }, droppedAttributesCount: 2, schemaUrl: 's' },
    service,
  };
}

function spanOf(name: string, from: ReturnType<typeof origin>): Span {
  return {
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
    parentSpanId: name === '1' ? undefined : 'c'.repeat(16),
    traceState: 'x=y',
    flags: 257,
    name,
    kind: 'client',
    startUnixNano: 1_700_000_000_000_000_001n,
    endUnixNano: 1_700_000_000_000_000_002n,
    attributes: EVERY_VALUE,
    events: [{ name: 'e', timeUnixNano: 5n, attributes: EVERY_VALUE, droppedAttributesCount: 1 }],
    links: [
      {
        traceId: 'd'.repeat(32),
        spanId: 'e'.repeat(16),
        traceState: '',
        flags: 1,
        attributes: EVERY_VALUE,
        droppedAttributesCount: 2,
      },
    ],
    status: { code: 'error', message: 'm' },
    droppedAttributesCount: 3,
    droppedEventsCount: 4,
    droppedLinksCount: 5,
    ...from,
  };
}

function logOf(from: ReturnType<typeof origin>): LogRecord {
  return {
    timeUnixNano: 1n,
    observedTimeUnixNano: 2n,
    severityNumber: 9,
    severityText: 'INFO',
    body: 'hello',
    attributes: EVERY_VALUE,
    droppedAttributesCount: 1,
    eventName: 'e',
    flags: 1,
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
    ...from,
  };
}

function metricOf(type: Metric['type']): Metric {
  const counted = type !== 'gauge' && type !== 'sum';
  return {
    name: 'm',
    description: 'd',
    unit: 's',
    type,
    monotonic: type === 'sum',
    points: [
      {
        attributes: EVERY_VALUE,
        startUnixNano: 1n,
        timeUnixNano: 2n,
        value: counted ? undefined : 0.5,
        count: counted ? 3 : undefined,
        sum: counted ? Number.NaN : undefined,
        bucketCounts: type === 'histogram' ? [1, 2] : [],
        explicitBounds: type === 'histogram' ? [0.5] : [],
      },
    ],
    ...SHOP,
  };
}

/** The same with prototypes taken from every object of attributes, as parsed ones have none. */
function withoutPrototypes<T>(value: T, inAttributes = false): T {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map((item) => withoutPrototypes(item, inAttributes)) as T;
  const copy: Record<string, unknown> = inAttributes ? Object.create(null) : {};
  for (const [key, inner] of Object.entries(value)) {
    copy[key] = withoutPrototypes(inner, inAttributes || key === 'attributes' || key === 'body');
  }
  return copy as T;
}

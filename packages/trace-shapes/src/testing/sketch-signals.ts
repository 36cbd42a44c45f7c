import type { Attributes, LogRecord, Metric, MetricPoint, Resource, Scope, Span } from '../otlp/telemetry.ts';

/** A log for tests, within a span or in none. */
export function logWith({ span, ...given }: LogGiven): LogRecord {
  return {
    timeUnixNano: 1n,
    observedTimeUnixNano: 1n,
    severityNumber: 9,
    severityText: 'INFO',
    body: '',
    attributes: {},
    droppedAttributesCount: 0,
    eventName: '',
    flags: 0,
    traceId: span?.traceId,
    spanId: span?.spanId,
    resource: RESOURCE,
    scope: SCOPE,
    service: 'shop',
    ...given,
  };
}

type LogGiven = Partial<LogRecord> & { readonly span?: Span | undefined };

/** A counter for tests, with one point for each set of attributes. */
export function counterWith({ series = [{}], ...given }: CounterGiven = {}): Metric {
  return {
    name: 'orders.placed',
    description: '',
    unit: '{order}',
    type: 'sum',
    monotonic: true,
    points: series.map(pointWith),
    resource: RESOURCE,
    scope: SCOPE,
    service: 'shop',
    ...given,
  };
}

type CounterGiven = Partial<Omit<Metric, 'points'>> & { readonly series?: readonly Attributes[] };

function pointWith(attributes: Attributes): MetricPoint {
  return {
    attributes,
    startUnixNano: 1n,
    timeUnixNano: 2n,
    value: 1,
    count: undefined,
    sum: undefined,
    bucketCounts: [],
    explicitBounds: [],
  };
}

const RESOURCE: Resource = { attributes: { 'service.name': 'shop' }, droppedAttributesCount: 0, schemaUrl: '' };
const SCOPE: Scope = { name: 'test', version: '', attributes: {}, droppedAttributesCount: 0, schemaUrl: '' };

import { MalformedTelemetry } from './malformed-telemetry.ts';
import { readAttributes } from './parse-attributes.ts';
import { type Origin, readItemsByOrigin } from './parse-origin.ts';
import { asFields, type Fields, readBoolean, readItems, readList, readOneOf, readString } from './read-fields.ts';
import { readCount, readDouble, readTime, toCount, toDouble, toInt64 } from './read-numbers.ts';
import type { Metric, MetricPoint, MetricType } from './telemetry.ts';

/** The metrics of a decoded metrics request. */
export function parseMetrics(request: Fields): Metric[] {
  const levels = { resources: 'resourceMetrics', scopes: 'scopeMetrics', items: 'metrics' };
  return readItemsByOrigin(request, levels, parseMetric);
}

function parseMetric(metric: Fields, { resource, scope, service }: Origin): Metric {
  const set = readOneOf(metric, 'data', new Set(Object.keys(METRIC_TYPES)));
  const type = METRIC_TYPES[set?.name ?? ''];
  if (set === undefined || type === undefined) {
    throw new MalformedTelemetry('', `has no data: one of ${Object.keys(METRIC_TYPES).join(', ')}`);
  }
  const data = asFields(set.value);
  return {
    name: readString(metric.name, 'name'),
    description: readString(metric.description, 'description'),
    unit: readString(metric.unit, 'unit'),
    type,
    monotonic: readBoolean(data.isMonotonic, 'isMonotonic'),
    points: readList(data.dataPoints, 'dataPoints', (point) => parsePoint(point, type)),
    resource,
    scope,
    service,
  };
}

function parsePoint(point: Fields, type: MetricType): MetricPoint {
  const counted = type !== 'gauge' && type !== 'sum';
  return {
    attributes: readAttributes(point.attributes),
    startUnixNano: readTime(point.startTimeUnixNano, 'startTimeUnixNano'),
    timeUnixNano: readTime(point.timeUnixNano, 'timeUnixNano'),
    value: counted ? undefined : parseNumber(point),
    count: counted ? readCount(point.count, 'count') : undefined,
    sum: counted ? readDouble(point.sum, 'sum') : undefined,
    bucketCounts: readItems(point.bucketCounts, 'bucketCounts', (count) => toCount(count)),
    explicitBounds: readItems(point.explicitBounds, 'explicitBounds', toDouble),
  };
}

function parseNumber(point: Fields): number | bigint | undefined {
  const set = readOneOf(point, 'value', NUMBER_NAMES);
  if (set?.name === 'asInt') return toInt64(set.value);
  return set?.name === 'asDouble' ? toDouble(set.value) : undefined;
}

const NUMBER_NAMES: ReadonlySet<string> = new Set(['asInt', 'asDouble']);

/** What the field that holds a metric's points says of its type. */
export const METRIC_TYPES: Readonly<Record<string, MetricType>> = {
  gauge: 'gauge',
  sum: 'sum',
  histogram: 'histogram',
  exponentialHistogram: 'exponential-histogram',
  summary: 'summary',
};

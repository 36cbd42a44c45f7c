import { encodeAttributes, encodeDouble } from './encode-attributes.ts';
import { METRIC_TYPES } from './parse-metrics.ts';
import type { Metric, MetricPoint } from './telemetry.ts';

/** A metric as OTLP JSON has it. */
export function encodeMetric(metric: Metric): object {
  const field = Object.keys(METRIC_TYPES).find((name) => METRIC_TYPES[name] === metric.type) ?? metric.type;
  return {
    name: metric.name,
    description: metric.description,
    unit: metric.unit,
    [field]: { isMonotonic: metric.monotonic || undefined, dataPoints: metric.points.map(encodePoint) },
  };
}

function encodePoint(point: MetricPoint): object {
  return {
    attributes: encodeAttributes(point.attributes),
    startTimeUnixNano: `${point.startUnixNano}`,
    timeUnixNano: `${point.timeUnixNano}`,
    ...encodeNumber(point.value),
    count: point.count === undefined ? undefined : `${point.count}`,
    sum: point.sum === undefined ? undefined : encodeDouble(point.sum),
    bucketCounts: point.bucketCounts.map(String),
    explicitBounds: point.explicitBounds.map(encodeDouble),
  };
}

function encodeNumber(value: number | bigint | undefined): object {
  if (value === undefined) return {};
  if (typeof value === 'bigint' || (Number.isSafeInteger(value) && !Object.is(value, -0))) return { asInt: `${value}` };
  return { asDouble: encodeDouble(value) };
}

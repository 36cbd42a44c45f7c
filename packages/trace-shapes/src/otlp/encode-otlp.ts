import { encodeAttributes, encodeValue } from './encode-attributes.ts';
import { encodeMetric } from './encode-metric.ts';
import type { Signal } from './parse-otlp.ts';
import { SPAN_KINDS, STATUS_CODES } from './parse-spans.ts';
import type { LogRecord, Resource, Scope, Span, Telemetry } from './telemetry.ts';

/** One signal's telemetry as a request of OTLP JSON: plain data for `JSON.stringify`, which parses back to the same. */
export function encodeOtlp(signal: Signal, telemetry: Telemetry): object {
  switch (signal) {
    case 'traces':
      return { resourceSpans: group(telemetry.spans, 'scopeSpans', 'spans', encodeSpan) };
    case 'logs':
      return { resourceLogs: group(telemetry.logs, 'scopeLogs', 'logRecords', encodeLog) };
    case 'metrics':
      return { resourceMetrics: group(telemetry.metrics, 'scopeMetrics', 'metrics', encodeMetric) };
  }
}

interface Item {
  readonly resource: Resource;
  readonly scope: Scope;
}

/** Groups neighbours only, so that the order of arrival comes back too. */
function group<T extends Item>(
  items: readonly T[],
  scopes: string,
  list: string,
  encode: (item: T) => object,
): object[] {
  return runsOf(items, (item) => item.resource).map((ofResource) => ({
    resource: encodeEntity(ofResource[0].resource),
    schemaUrl: ofResource[0].resource.schemaUrl,
    [scopes]: runsOf(ofResource, (item) => item.scope).map((ofScope) => ({
      scope: encodeScope(ofScope[0].scope),
      schemaUrl: ofScope[0].scope.schemaUrl,
      [list]: ofScope.map(encode),
    })),
  }));
}

function runsOf<T>(items: readonly T[], key: (item: T) => unknown): [T, ...T[]][] {
  const runs: [T, ...T[]][] = [];
  for (const item of items) {
    const last = runs.at(-1);
    if (last !== undefined && key(last[0]) === key(item)) last.push(item);
    else runs.push([item]);
  }
  return runs;
}

function encodeEntity({ attributes, droppedAttributesCount }: Resource): object {
  return { attributes: encodeAttributes(attributes), droppedAttributesCount };
}

function encodeScope(scope: Scope): object {
  return { name: scope.name, version: scope.version, ...encodeEntity(scope) };
}

function encodeSpan(span: Span): object {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    traceState: span.traceState,
    flags: span.flags,
    name: span.name,
    kind: SPAN_KINDS.indexOf(span.kind),
    startTimeUnixNano: `${span.startUnixNano}`,
    endTimeUnixNano: `${span.endUnixNano}`,
    attributes: encodeAttributes(span.attributes),
    events: span.events.map(({ timeUnixNano, attributes, ...event }) => ({
      ...event,
      timeUnixNano: `${timeUnixNano}`,
      attributes: encodeAttributes(attributes),
    })),
    links: span.links.map(({ attributes, ...link }) => ({ ...link, attributes: encodeAttributes(attributes) })),
    status: { code: STATUS_CODES.indexOf(span.status.code), message: span.status.message },
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  };
}

function encodeLog(log: LogRecord): object {
  return {
    timeUnixNano: `${log.timeUnixNano}`,
    observedTimeUnixNano: `${log.observedTimeUnixNano}`,
    severityNumber: log.severityNumber,
    severityText: log.severityText,
    body: encodeValue(log.body),
    attributes: encodeAttributes(log.attributes),
    droppedAttributesCount: log.droppedAttributesCount,
    eventName: log.eventName,
    flags: log.flags,
    traceId: log.traceId,
    spanId: log.spanId,
  };
}

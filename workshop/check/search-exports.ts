import type { AttributeValue, LogRecord, Metric, Span, SpanNode, Telemetry, Trace } from 'trace-shapes';

/** A place in what was exported that holds what was looked for. */
export type ExportedPlace = {
  readonly signal: 'span' | 'log' | 'metric';
  /** What carries it: a span's or a metric's name, or the line of a log. */
  readonly carrier: string;
  /** Where it stands there, in words: an attribute's key in backticks, `its name`, `an event`. */
  readonly where: string;
  readonly service: string;
  readonly traceId: string | undefined;
  /** The span, where it is one. */
  readonly node: SpanNode | undefined;
};

/** What a process has sent away, and the trees of its spans. */
export type Exported = { readonly telemetry: Telemetry; readonly traces: readonly Trace[] };

/**
 * Searches everything that was exported: names, attributes however deep, events, links, status messages, resources,
 * the bodies of logs, the points of metrics. What is percent-encoded is read decoded, too.
 */
export function searchExports(
  { telemetry, traces }: Exported,
  holds: (text: string) => boolean,
): readonly ExportedPlace[] {
  const nodes = new Map(traces.flatMap((trace) => trace.nodes).map((node) => [node.span.spanId, node]));
  const placesIn = (parts: readonly Part[], carried: Omit<ExportedPlace, 'where'>): readonly ExportedPlace[] =>
    parts
      .filter(([, value]) => textsOf(value).some((text) => holds(text) || holds(decoded(text))))
      .map(([where]) => ({ ...carried, where }));
  return [
    ...telemetry.spans.flatMap((span) => {
      const { name: carrier, service, traceId } = span;
      return placesIn(partsOfSpan(span), { signal: 'span', carrier, service, traceId, node: nodes.get(span.spanId) });
    }),
    ...telemetry.logs.flatMap((log) => {
      const { service, traceId } = log;
      const carrier = textsOf(log.body).join(' ');
      return placesIn(partsOfLog(log), { signal: 'log', carrier, service, traceId, node: undefined });
    }),
    ...telemetry.metrics.flatMap((metric) => {
      const { name: carrier, service } = metric;
      const parts = partsOfMetric(metric);
      return placesIn(parts, { signal: 'metric', carrier, service, traceId: undefined, node: undefined });
    }),
  ];
}

/** A place's carrier as a sentence calls it. */
export function sayCarrier({ signal, carrier, service }: ExportedPlace): string {
  return signal === 'log' ? `A line of the log of \`${service}\` ("${carrier.slice(0, 60)}")` : `\`${carrier}\``;
}

/** A value of what is exported, and where it stands in words. */
type Part = readonly [where: string, value: AttributeValue | undefined];

function partsOfSpan(span: Span): readonly Part[] {
  return [
    ...attributeParts(span.attributes),
    ['its name', span.name],
    ["its status' message", span.status.message],
    ...span.events.map(({ name, attributes }): Part => [`its event \`${name}\``, [name, attributes]]),
    ...span.links.map(({ attributes, traceState }): Part => ['a link', [attributes, traceState]]),
    ['its trace state', span.traceState],
    ...originParts(span),
  ];
}

function partsOfLog(log: LogRecord): readonly Part[] {
  return [
    ['its text', log.body],
    ...attributeParts(log.attributes),
    ['its event name', [log.eventName, log.severityText]],
    ...originParts(log),
  ];
}

function partsOfMetric(metric: Metric): readonly Part[] {
  return [
    ...metric.points.flatMap(({ attributes }) => attributeParts(attributes)),
    ['its name', [metric.name, metric.description, metric.unit]],
    ...originParts(metric),
  ];
}

function originParts({ resource, scope }: Pick<Span, 'resource' | 'scope'>): readonly Part[] {
  return [
    ['the resource', resource.attributes],
    ['its scope', [scope.name, scope.version, scope.attributes]],
  ];
}

function attributeParts(attributes: Span['attributes']): readonly Part[] {
  return Object.entries(attributes).map(([key, value]) => [`\`${key}\``, [key, value]]);
}

/** Every text in a value, keys and numbers included. */
function textsOf(value: AttributeValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number' || typeof value === 'bigint') return [String(value)];
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('utf8')];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, inner]) => [key, ...textsOf(inner)]);
  return [];
}

/** A text as people read it: percent-encoding undone, as in a browser's query; what is none stays as it is. */
export function decoded(text: string): string {
  return text.replaceAll('+', ' ').replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => {
    try {
      return decodeURIComponent(bytes);
    } catch {
      return bytes;
    }
  });
}

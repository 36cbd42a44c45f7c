/**
 * What arrives over OTLP, as plain data. Names are those of the OpenTelemetry data model; enums are lower-case words,
 * ids are lower-case hex, times are nanoseconds since the epoch as `bigint`.
 * Objects that hold learner-given keys (attributes) inherit nothing.
 */

/** A value of an attribute or of a log's body. 64-bit integers are `number` when that is exact, else `bigint`. */
export type AttributeValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | readonly AttributeValue[]
  | { readonly [key: string]: AttributeValue };

/** Attribute keys to values. Inherits nothing, so `__proto__` and `constructor` are keys like any other. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** The entity that produced the telemetry. One object is shared by everything that came with it. */
export interface Resource {
  readonly attributes: Attributes;
  readonly droppedAttributesCount: number;
  readonly schemaUrl: string;
}

/** The instrumentation scope: which library, or whose own tracer, made the telemetry. */
export interface Scope {
  readonly name: string;
  readonly version: string;
  readonly attributes: Attributes;
  readonly droppedAttributesCount: number;
  readonly schemaUrl: string;
}

export type SpanKind = 'unspecified' | 'internal' | 'server' | 'client' | 'producer' | 'consumer';
export type StatusCode = 'unset' | 'ok' | 'error';

export interface SpanEvent {
  readonly name: string;
  readonly timeUnixNano: bigint;
  readonly attributes: Attributes;
  readonly droppedAttributesCount: number;
}

export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceState: string;
  readonly flags: number;
  readonly attributes: Attributes;
  readonly droppedAttributesCount: number;
}

export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  /** `undefined` on a root. */
  readonly parentSpanId: string | undefined;
  readonly traceState: string;
  readonly flags: number;
  readonly name: string;
  readonly kind: SpanKind;
  readonly startUnixNano: bigint;
  readonly endUnixNano: bigint;
  readonly attributes: Attributes;
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
  readonly status: { readonly code: StatusCode; readonly message: string };
  readonly droppedAttributesCount: number;
  readonly droppedEventsCount: number;
  readonly droppedLinksCount: number;
  readonly resource: Resource;
  readonly scope: Scope;
  /** `service.name` of the resource, or `unknown_service`. */
  readonly service: string;
}

export interface LogRecord {
  readonly timeUnixNano: bigint;
  readonly observedTimeUnixNano: bigint;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly body: AttributeValue;
  readonly attributes: Attributes;
  readonly droppedAttributesCount: number;
  readonly eventName: string;
  readonly flags: number;
  /** `undefined` when the log was written outside of any span. */
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
  readonly resource: Resource;
  readonly scope: Scope;
  readonly service: string;
}

export type MetricType = 'gauge' | 'sum' | 'histogram' | 'exponential-histogram' | 'summary';

export interface MetricPoint {
  readonly attributes: Attributes;
  readonly startUnixNano: bigint;
  readonly timeUnixNano: bigint;
  /** Of a gauge or sum. */
  readonly value: number | bigint | undefined;
  /** Of a histogram or summary. */
  readonly count: number | undefined;
  readonly sum: number | undefined;
  readonly bucketCounts: readonly number[];
  readonly explicitBounds: readonly number[];
}

export interface Metric {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly type: MetricType;
  readonly monotonic: boolean;
  readonly points: readonly MetricPoint[];
  readonly resource: Resource;
  readonly scope: Scope;
  readonly service: string;
}

/** A batch of telemetry of all three signals, in the order of arrival. */
export interface Telemetry {
  readonly spans: readonly Span[];
  readonly logs: readonly LogRecord[];
  readonly metrics: readonly Metric[];
}

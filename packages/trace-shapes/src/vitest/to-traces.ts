import type { ReceivedTelemetry } from '../match/received.ts';
import type { LogRecord, Metric, Span } from '../otlp/telemetry.ts';
import { buildTraces } from '../trace/build-traces.ts';
import type { Trace } from '../trace/trace.ts';

/** What the matchers take: a receiver, its telemetry, spans, or traces. */
export type Received =
  | { readonly telemetry: { readonly spans: readonly Span[] } }
  | { readonly spans: readonly Span[]; readonly logs?: readonly LogRecord[]; readonly metrics?: readonly Metric[] }
  | readonly Span[]
  | readonly Trace[]
  | Trace;

/** The same with the logs and metrics, where what a test has at hand holds them. */
export function toReceived(received: unknown, matcher: string): ReceivedTelemetry {
  if (isObject(received) && isObject(received.telemetry)) return toReceived(received.telemetry, matcher);
  if (isObject(received) && !('spans' in received) && (isList(received.logs) || isList(received.metrics)))
    return { traces: [], ...signalsOf(received) };
  const traces = toTraces(received, matcher);
  return { traces, ...(isObject(received) ? signalsOf(received) : NO_SIGNALS) };
}

function signalsOf({ logs, metrics }: Readonly<Record<string, unknown>>): Omit<ReceivedTelemetry, 'traces'> {
  return {
    logs: isList(logs) ? (logs as readonly LogRecord[]) : [],
    metrics: isList(metrics) ? (metrics as readonly Metric[]) : [],
  };
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

const NO_SIGNALS = { logs: [], metrics: [] };

/** The traces of whatever a test has at hand; throws a `TypeError` that says what a matcher takes. */
export function toTraces(received: unknown, matcher: string): readonly Trace[] {
  if (isObject(received)) {
    if (isObject(received.telemetry)) return toTraces(received.telemetry, matcher);
    if (Array.isArray(received.spans)) return buildTraces(received.spans as readonly Span[]);
    if (isTrace(received)) return [received];
  }
  if (Array.isArray(received)) {
    if (received.every(isTrace)) return received;
    if (received.every(isSpan)) return buildTraces(received);
  }
  const isPromise = isObject(received) && typeof received.then === 'function';
  const advice = isPromise ? 'Await it first.' : 'Give it what startReceiver() or buildTraces() returned.';
  throw new TypeError(
    `${matcher} takes a receiver, telemetry, spans or traces, but got ${isPromise ? 'a promise' : describe(received)}. ${advice}`,
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTrace(value: unknown): value is Trace {
  return isObject(value) && Array.isArray(value.nodes) && Array.isArray(value.roots);
}

function isSpan(value: unknown): value is Span {
  return isObject(value) && typeof value.spanId === 'string' && typeof value.startUnixNano === 'bigint';
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list of something else';
  return value === null || value === undefined ? String(value) : `a value of type ${typeof value}`;
}

import type { LogRecord, Metric, Span } from '../otlp/telemetry.ts';
import { buildTraces } from '../trace/build-traces.ts';
import type { Trace } from '../trace/trace.ts';

/** What came, as a comparison takes it: traces, or spans to build them of, with the logs and metrics of the same run. */
export type Received =
  | readonly Trace[]
  | {
      readonly traces?: readonly Trace[];
      readonly spans?: readonly Span[];
      readonly logs?: readonly LogRecord[];
      readonly metrics?: readonly Metric[];
    };

/** What came, with its traces built. */
export interface ReceivedTelemetry {
  readonly traces: readonly Trace[];
  readonly logs: readonly LogRecord[];
  readonly metrics: readonly Metric[];
}

/** Builds the traces of what came, unless they are built already. */
export function toReceived(received: Received): ReceivedTelemetry {
  if (!isObject(received)) return { traces: received, logs: [], metrics: [] };
  const { spans = [], traces = buildTraces(spans), logs = [], metrics = [] } = received;
  return { traces, logs, metrics };
}

function isObject(received: Received): received is Exclude<Received, readonly Trace[]> {
  return !Array.isArray(received);
}

// trace-shapes/receive: bytes over HTTP or from a file → spans, logs and metrics.
export { joinTelemetry, parseJsonLines, toJsonLine, toJsonLines } from '../otlp/json-lines.ts';
export { MalformedTelemetry } from '../otlp/malformed-telemetry.ts';
export { parseOtlpJson, parseOtlpProtobuf, type Signal } from '../otlp/parse-otlp.ts';
export type * from '../otlp/telemetry.ts';
export type { Evidence } from '../receive/evidence.ts';
export { findFreePorts, LOOPBACK } from '../receive/free-port.ts';
export { type Receiver, type ReceiverOptions, startReceiver } from '../receive/start-receiver.ts';
export { type Arrivals, type Deadline, DeadlinePassed } from '../receive/wait-until.ts';
export { type BuildTracesOptions, buildTraces } from '../trace/build-traces.ts';
export { isComplete, type MissingParent, missingParents } from '../trace/missing-parents.ts';
export type { SpanNode, Trace } from '../trace/trace.ts';
export { type Quiet, type QuietOptions, waitUntilQuiet } from '../trace/wait-until-quiet.ts';

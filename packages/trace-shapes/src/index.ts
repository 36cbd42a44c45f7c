export { CODE_TABLE, type CodeDescription } from './explain/code-table.ts';
export { type ExplainOptions, explain, judge } from './explain/explain.ts';
export { explainedShare } from './explain/explained-share.ts';
export type { Finding, Mark, Picture, PictureNode, PictureTree, Verdict } from './explain/finding.ts';
export { pathsOf } from './explain/paths.ts';
export { durationMs } from './match/compare-span.ts';
export { type Difference, type Fact, type RepeatedFact, SHAPE_CODES, type ShapeCode } from './match/fact.ts';
export { type MatchResult, match } from './match/match.ts';
export { createView, type View } from './match/view.ts';
export { joinTelemetry, parseJsonLines, toJsonLine, toJsonLines } from './otlp/json-lines.ts';
export { MalformedTelemetry } from './otlp/malformed-telemetry.ts';
export { parseOtlpJson, parseOtlpProtobuf, type Signal } from './otlp/parse-otlp.ts';
export type * from './otlp/telemetry.ts';
export type { Evidence } from './receive/evidence.ts';
export { findFreePorts, LOOPBACK } from './receive/free-port.ts';
export { type Receiver, type ReceiverOptions, startReceiver } from './receive/start-receiver.ts';
export { type Arrivals, type Deadline, DeadlinePassed } from './receive/wait-until.ts';
export { createPaint, type Paint } from './render/paint.ts';
export { type PictureStyle, renderDuration, renderPicture } from './render/render-picture.ts';
export { type RenderOptions, renderFinding, renderVerdict } from './render/render-verdict.ts';
export { wrap } from './render/wrap.ts';
export * from './shape/build.ts';
export {
  absent,
  anyArray,
  anyBoolean,
  anyInteger,
  anyNumber,
  anyString,
  oneOf,
  type Predicate,
  type PredicateInput,
  present,
  same,
  satisfies,
} from './shape/predicate.ts';
export type { Count, EventShape, Expected, SeeThrough, SpanShape, TraceShape, TracesShape } from './shape/shape.ts';
export { type BuildTracesOptions, buildTraces } from './trace/build-traces.ts';
export { isComplete, type MissingParent, missingParents } from './trace/missing-parents.ts';
export type { SpanNode, Trace } from './trace/trace.ts';
export { type Quiet, type QuietOptions, waitUntilQuiet } from './trace/wait-until-quiet.ts';

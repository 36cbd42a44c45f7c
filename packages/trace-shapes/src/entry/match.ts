// trace-shapes/match: traces and shapes → facts, findings and a verdict.
export { CODE_TABLE, type CodeDescription } from '../explain/code-table.ts';
export { type ExplainOptions, explain, judge } from '../explain/explain.ts';
export { explainedShare } from '../explain/explained-share.ts';
export type { Finding, Mark, Picture, PictureNode, PictureTree, Verdict } from '../explain/finding.ts';
export { pathsOf } from '../explain/paths.ts';
export { pictureTrace } from '../explain/picture-trace.ts';
export { type InferOptions, inferShape } from '../infer/infer-shape.ts';
export { writeShape } from '../infer/write-shape.ts';
export { durationMs } from '../match/compare-span.ts';
export {
  type Difference,
  type Fact,
  type Limit,
  type LinkEnds,
  type RepeatedFact,
  SHAPE_CODES,
  type ShapeCode,
  type WrongMetric,
} from '../match/fact.ts';
export { type MatchResult, match } from '../match/match.ts';
export type { Received, ReceivedTelemetry } from '../match/received.ts';
export { createView, type View } from '../match/view.ts';
export { type CanonicalOptions, canonicalTrace, canonicalTraces } from '../snapshot/canonical-trace.ts';
export { describeChange } from '../snapshot/describe-change.ts';

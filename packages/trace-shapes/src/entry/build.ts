// trace-shapes/build: what is expected, as plain data.
export {
  type Arranged,
  type Arrangement,
  parallel,
  type SpanGroup,
  sequential,
  within,
} from '../shape/arrangement.ts';
export {
  anyNumberOf,
  anySpan,
  between,
  client,
  consumer,
  descendant,
  exactly,
  internal,
  never,
  oneOrMore,
  only,
  optional,
  producer,
  server,
  trace,
  traces,
} from '../shape/build.ts';
export { boundary, eitherOf, extend, label, telemetry } from '../shape/compose.ts';
export { asLongAs, type DurationShape, measured, noLongerThan, noShorterThan } from '../shape/duration.ts';
export type { EventExpectation, SpanExpectation } from '../shape/expectation.ts';
export { type LinkShape, to } from '../shape/link.ts';
export { type LogExpectation, type LogShape, log, type Severity } from '../shape/log.ts';
export { type MetricExpectation, type MetricShape, metric } from '../shape/metric.ts';
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
} from '../shape/predicate.ts';
export type {
  Count,
  EventShape,
  ExceptionShape,
  Expected,
  SeeThrough,
  SpanShape,
  TelemetryShape,
  TraceShape,
  TracesShape,
} from '../shape/shape.ts';

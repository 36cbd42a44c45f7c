import type { AttributeValue, LogRecord, SpanKind, StatusCode } from '../otlp/telemetry.ts';
import type { LinkShape } from '../shape/link.ts';
import type { LogShape } from '../shape/log.ts';
import type { MetricShape } from '../shape/metric.ts';
import type { Bindings, Predicate } from '../shape/predicate.ts';
import type { Count, EventShape, ExceptionShape, SpanShape } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';

/** The codes that a comparison of traces can give, in the order in which their mistakes should be mended. */
export const SHAPE_CODES = [
  'no-spans',
  'orphan-span',
  'mixed-requests',
  'lost-context',
  'wrong-parent',
  'duplicate-span',
  'wrong-count',
  'missing-span',
  'unexpected-span',
  'missing-link',
  'wrong-order',
  'not-parallel',
  'ended-too-early',
  'ended-too-late',
  'silent-service',
  'partial-trace',
  'wrong-name',
  'high-cardinality-name',
  'wrong-kind',
  'wrong-service',
  'wrong-scope',
  'not-instrumented',
  'missing-attribute',
  'wrong-attribute',
  'misplaced-attribute',
  'deprecated-attribute',
  'forbidden-attribute',
  'wrong-status',
  'missing-event',
  'uncorrelated-log',
  'missing-log',
  'unexpected-log',
  'missing-metric',
  'wrong-metric',
  'high-cardinality-metric',
] as const;

export type ShapeCode = (typeof SHAPE_CODES)[number];

/** One way in which a single span is not as its shape says. */
export type Difference =
  | { readonly aspect: 'name'; readonly highCardinality: boolean }
  | { readonly aspect: 'kind'; readonly expected: SpanKind }
  | { readonly aspect: 'service'; readonly expected: Predicate }
  | { readonly aspect: 'scope'; readonly expected: Predicate }
  | { readonly aspect: 'status'; readonly expected: StatusCode }
  | {
      readonly aspect: 'attribute';
      readonly key: string;
      readonly expected: Predicate;
      readonly actual: AttributeValue | undefined;
      readonly identity: boolean;
    }
  | { readonly aspect: 'event'; readonly expected: EventShape }
  | {
      readonly aspect: 'resource';
      readonly key: string;
      readonly expected: Predicate;
      readonly actual: AttributeValue | undefined;
    }
  | { readonly aspect: 'duration'; readonly code: 'ended-too-early' | 'ended-too-late'; readonly limit: Limit };

/** What a span's time was held against. */
export type Limit =
  | { readonly type: 'ms'; readonly ms: number }
  /** Another clock than the SDK's measured it. */
  | { readonly type: 'measured'; readonly ms: number; readonly toleranceMs: number }
  /** Another span of the trace, by its duration. */
  | { readonly type: 'beside'; readonly node: SpanNode }
  /** A child that began when the span had ended, or the parent that ended before the span did. */
  | { readonly type: 'child' | 'parent'; readonly node: SpanNode };

/** Where an attribute that is missing here was found. */
export type Elsewhere = { readonly on: 'span'; readonly node: SpanNode } | { readonly on: 'resource' | 'this span' };

/** One mistake, in terms of what was expected and what came; no words yet. */
export type Fact =
  | { readonly code: 'no-spans' }
  | {
      readonly code: 'orphan-span';
      readonly node: SpanNode;
      /** What the node was expected to be, if it was expected. */
      readonly shape: SpanShape | undefined;
      /** The span that never came, guessed from what is expected above the orphan. */
      readonly unfinished: SpanShape | undefined;
    }
  | {
      readonly code: 'mixed-requests';
      readonly shape: SpanShape;
      readonly node: SpanNode;
      readonly parent: SpanNode;
      readonly foundIn: SpanNode;
    }
  | { readonly code: 'lost-context'; readonly shape: SpanShape; readonly node: SpanNode; readonly parent: SpanNode }
  | {
      readonly code: 'wrong-parent';
      readonly shape: SpanShape;
      readonly node: SpanNode;
      /** `undefined` when it should have been the root of its trace. */
      readonly parent: SpanNode | undefined;
    }
  | {
      readonly code: 'duplicate-span';
      readonly shape: SpanShape | undefined;
      readonly node: SpanNode;
      readonly of: SpanNode;
      readonly exportedTwice: boolean;
    }
  | {
      readonly code: 'wrong-count';
      readonly shape: SpanShape;
      readonly expected: Count;
      /** All that came, the surplus included. */
      readonly nodes: readonly SpanNode[];
      readonly parent: SpanNode | undefined;
    }
  | { readonly code: 'missing-span'; readonly shape: SpanShape; readonly parent: SpanNode | undefined }
  | { readonly code: 'unexpected-span'; readonly node: SpanNode; readonly shape: SpanShape | undefined }
  | {
      readonly code: 'silent-service';
      readonly shape: SpanShape;
      readonly parent: SpanNode | undefined;
      readonly service: Predicate;
      /** The services that did send spans. */
      readonly heard: readonly string[];
    }
  | {
      readonly code: 'partial-trace';
      readonly shape: SpanShape | undefined;
      /** The first span after the cut, where the part above is missing. */
      readonly node?: SpanNode;
      readonly parent: SpanNode | undefined;
    }
  | {
      readonly code: 'missing-link';
      readonly shape: SpanShape;
      readonly node: SpanNode;
      readonly expected: LinkShape;
      readonly actual: LinkEnds;
    }
  | {
      readonly code: 'wrong-order';
      readonly shape: SpanShape;
      readonly node: SpanNode;
      /** The span that should have ended before, or, if `isParent`, begun before. */
      readonly before: SpanNode;
      readonly isParent: boolean;
    }
  | {
      readonly code: 'not-parallel';
      readonly shape: SpanShape;
      readonly nodes: readonly SpanNode[];
      readonly elapsedMs: number;
      readonly longestMs: number;
      readonly atMostMs: number;
    }
  | {
      readonly code: 'ended-too-early' | 'ended-too-late';
      readonly shape: SpanShape;
      readonly node: SpanNode;
      readonly limit: Limit;
    }
  | {
      readonly code: 'not-instrumented';
      readonly shape: SpanShape;
      /** The general span that came in place of the library's own, if one did. */
      readonly node?: SpanNode;
      readonly parent: SpanNode | undefined;
      /** The scope of which no span came, if the shape names it. */
      readonly scope: Predicate | undefined;
    }
  | {
      readonly code: 'wrong-name' | 'high-cardinality-name' | 'wrong-kind' | 'wrong-status';
      readonly shape: SpanShape;
      readonly node: SpanNode;
    }
  | {
      readonly code: 'wrong-service' | 'wrong-scope';
      readonly shape: SpanShape;
      readonly node: SpanNode;
      readonly expected: Predicate;
    }
  | {
      readonly code: 'missing-attribute' | 'wrong-attribute' | 'forbidden-attribute';
      readonly shape: SpanShape;
      readonly node: SpanNode;
      readonly key: string;
      readonly expected: Predicate;
      readonly actual: AttributeValue | undefined;
      readonly bindings: Bindings;
      readonly on: 'span' | 'resource';
    }
  | {
      readonly code: 'misplaced-attribute';
      readonly shape: SpanShape;
      readonly node: SpanNode;
      readonly key: string;
      readonly elsewhere: Elsewhere;
      readonly on: 'span' | 'resource';
    }
  | {
      readonly code: 'deprecated-attribute';
      readonly shape: SpanShape;
      readonly node: SpanNode;
      readonly key: string;
      readonly deprecatedKey: string;
    }
  | {
      readonly code: 'missing-event';
      readonly shape: SpanShape;
      readonly node: SpanNode;
      readonly expected: EventShape;
    }
  | {
      readonly code: 'missing-event';
      readonly shape: SpanShape;
      readonly node: SpanNode;
      readonly exception: ExceptionShape;
      /** The `exception.type` of those that it has. */
      readonly actual: readonly string[];
    }
  | {
      readonly code: 'uncorrelated-log';
      readonly log: LogShape;
      readonly shape?: SpanShape;
      /** The span that the log belongs to. */
      readonly node?: SpanNode;
      readonly record: LogRecord;
      /** The span that it names instead, if that came. */
      readonly found: SpanNode | undefined;
    }
  | {
      readonly code: 'missing-log';
      readonly log: LogShape;
      readonly shape?: SpanShape;
      readonly node?: SpanNode;
      /** A log with this body that is otherwise not as expected. */
      readonly nearest: LogRecord | undefined;
    }
  | {
      readonly code: 'unexpected-log';
      readonly log: LogShape;
      readonly shape?: SpanShape;
      readonly node?: SpanNode;
      readonly record: LogRecord;
    }
  | { readonly code: 'missing-metric'; readonly metric: MetricShape; readonly came: readonly string[] }
  | { readonly code: 'wrong-metric'; readonly metric: MetricShape; readonly wrong: WrongMetric }
  | {
      readonly code: 'high-cardinality-metric';
      readonly metric: MetricShape;
      readonly series: number;
      /** The attribute that makes so many, and a value of it. */
      readonly key: string | undefined;
      readonly value: AttributeValue | undefined;
    };

/** Where a span's links lead, and what else speaks for the one that is missing. */
export interface LinkEnds {
  /** The spans at the other ends that came. */
  readonly nodes: readonly SpanNode[];
  /** How many links lead to spans that never came. */
  readonly lost: number;
  /** How many are as expected, where more are wanted. */
  readonly right: number;
  /** The right span, where it is the parent instead, links here instead, or is another request's. */
  readonly instead: 'child-of' | 'other-way-round' | 'another-request' | undefined;
}

/** The first thing in which a metric is not as expected. */
export type WrongMetric =
  | { readonly aspect: 'name' | 'unit' | 'type'; readonly expected: string; readonly actual: string }
  | { readonly aspect: 'monotonic'; readonly expected: boolean; readonly actual: boolean }
  | { readonly aspect: 'service' | 'scope'; readonly expected: Predicate; readonly actual: string }
  | {
      readonly aspect: 'attribute';
      readonly key: string;
      readonly expected: Predicate;
      readonly actual: readonly (AttributeValue | undefined)[];
    };

/** Facts of one cause: the first, and how many times it was found. */
export interface RepeatedFact {
  readonly fact: Fact;
  readonly times: number;
  /** Every span that the fact was found on, the first one's included. */
  readonly nodes: readonly SpanNode[];
}

import type { AttributeValue, SpanKind, StatusCode } from '../otlp/telemetry.ts';
import type { Bindings, Predicate } from '../shape/predicate.ts';
import type { Count, EventShape, SpanShape } from '../shape/shape.ts';
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
  'ended-too-early',
  'wrong-name',
  'high-cardinality-name',
  'wrong-kind',
  'wrong-service',
  'wrong-scope',
  'missing-attribute',
  'wrong-attribute',
  'misplaced-attribute',
  'deprecated-attribute',
  'forbidden-attribute',
  'wrong-status',
  'missing-event',
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
  | { readonly aspect: 'duration'; readonly atLeastMs: number };

/** Where an attribute that is missing here was found. */
export type Elsewhere = { readonly on: 'span'; readonly node: SpanNode } | { readonly on: 'resource' };

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
  | { readonly code: 'ended-too-early'; readonly shape: SpanShape; readonly node: SpanNode; readonly atLeastMs: number }
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
    }
  | {
      readonly code: 'misplaced-attribute';
      readonly shape: SpanShape;
      readonly node: SpanNode;
      readonly key: string;
      readonly elsewhere: Elsewhere;
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
    };

/** Facts of one cause: the first, and how many times it was found. */
export interface RepeatedFact {
  readonly fact: Fact;
  readonly times: number;
  /** Every span that the fact was found on, the first one's included. */
  readonly nodes: readonly SpanNode[];
}

import type { Bindings } from '../shape/predicate.ts';
import type { SpanShape } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';
import type { Difference } from './fact.ts';

/** A span taken for what a shape means, with everything below both. */
export interface Pairing {
  /** What was asked for; where that has alternatives, the one of them that fits best. */
  readonly shape: SpanShape;
  /** What was asked for: the shape itself, or the choice that it is an alternative of. */
  readonly slot: SpanShape;
  readonly node: SpanNode;
  readonly differences: readonly Difference[];
  readonly children: readonly Pairing[];
  readonly missing: readonly Shortage[];
  /** How far the whole is from the shape: 0 is a match. */
  readonly cost: number;
  /** The placeholders that this span and those below it have bound. */
  readonly bindings: Bindings;
}

/** A shape that fewer spans were found for than it asks. */
export interface Shortage {
  readonly shape: SpanShape;
  readonly found: readonly SpanNode[];
  readonly short: number;
}

/** Compares a span and all below it with a shape; `undefined` when the span can't be the one that was meant. */
export interface Pair {
  (shape: SpanShape, node: SpanNode, bindings: Bindings): Pairing | undefined;
  /** The same for a span of which something else says that it is the one that was meant. */
  readonly anyhow: (shape: SpanShape, node: SpanNode, bindings: Bindings) => Pairing;
}

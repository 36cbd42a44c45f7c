import { describePredicate } from './predicate.ts';
import type { Count, SpanShape } from './shape.ts';

/** The name of a shape as the picture and the messages show it. */
export function nameOf(shape: SpanShape): string {
  if (shape.alternatives.length > 0) return [...new Set(shape.alternatives.map(nameOf))].join(' or ');
  return shape.name.type === 'literal' ? String(shape.name.value) : describePredicate(shape.name);
}

/** The shapes any of which will do: the alternatives of a choice, or the shape itself. */
export function optionsOf(shape: SpanShape): readonly SpanShape[] {
  return shape.alternatives.length > 0 ? shape.alternatives : [shape];
}

/** A count in words: `1`, `1 to 3`, `at least 1`, `none`. */
export function describeCount(count: Count): string {
  if (count.max === 0) return 'none';
  if (count.min === count.max) return String(count.min);
  if (count.max === Number.POSITIVE_INFINITY) return `at least ${count.min}`;
  return `${count.min} to ${count.max}`;
}

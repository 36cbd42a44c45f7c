import type { SpanShape, TracesShape } from '../shape/shape.ts';

/** Makes a shape that stands in several places, as one that is reused does, a shape of its own in each. */
export function withOwnPlaces(expected: TracesShape): TracesShape {
  const seen = new Set<SpanShape>();
  return { ...expected, traces: expected.traces.map((one) => ({ ...one, root: own(one.root, seen) })) };
}

function own(shape: SpanShape, seen: Set<SpanShape>): SpanShape {
  const children = shape.children.map((child) => own(child, seen));
  const alternatives = shape.alternatives.map((one) => own(one, seen));
  const isAsItWas =
    children.every((child, i) => child === shape.children[i]) &&
    alternatives.every((one, i) => one === shape.alternatives[i]);
  const result = isAsItWas && !seen.has(shape) ? shape : { ...shape, children, alternatives };
  seen.add(result);
  return result;
}

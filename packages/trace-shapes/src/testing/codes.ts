import { match } from '../match/match.ts';
import type { Received } from '../match/received.ts';
import type { Expected, TelemetryShape } from '../shape/shape.ts';
import { type SketchedSpan, sketchTraces } from './sketch-traces.ts';

/** The codes of what is found, each with the name of the span that it is about. */
export function codes(expected: Expected, ...roots: readonly SketchedSpan[]): readonly string[] {
  return codesOf(expected, sketchTraces(...roots));
}

/** The same for whatever came. */
export function codesOf(expected: Expected | TelemetryShape, received: Received): readonly string[] {
  return match(expected, received).facts.map(({ fact, times, nodes }) => {
    const name =
      nodes[0]?.span.name ?? ('shape' in fact && fact.shape?.name.type === 'literal' ? fact.shape.name.value : '');
    return `${fact.code} ${name}${times > 1 ? ` ×${times}` : ''}`.trim();
  });
}

import type { TraceShape } from '../shape/shape.ts';
import type { Pair, Pairing } from './pairing.ts';
import type { View } from './view.ts';

/** A trace shape with the means to look at traces as it does. */
export interface Lens {
  readonly shape: TraceShape;
  readonly view: View;
  readonly pair: Pair;
}

/** A trace taken for what a trace shape means. */
export interface TraceMatch {
  readonly lens: Lens;
  readonly pairing: Pairing;
}

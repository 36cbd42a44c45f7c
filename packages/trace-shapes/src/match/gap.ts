import { type Bindings, NOTHING_BOUND } from '../shape/predicate.ts';
import type { SpanNode } from '../trace/trace.ts';
import type { Shortage } from './pairing.ts';
import type { Lens, TraceMatch } from './trace-match.ts';

/** A shortage, and where the span should have been. */
export interface Gap extends Shortage {
  readonly lens: Lens;
  /** The span that should have been the parent; `undefined` for a missing root. */
  readonly parent: SpanNode | undefined;
  readonly match: TraceMatch | undefined;
}

/** What the placeholders stand for in the trace of a gap. */
export function boundIn({ match }: Gap): Bindings {
  return match?.pairing.bindings ?? NOTHING_BOUND;
}

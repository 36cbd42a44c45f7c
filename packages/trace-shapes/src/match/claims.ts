import type { SpanShape } from '../shape/shape.ts';
import type { SpanNode, Trace } from '../trace/trace.ts';
import type { Fact } from './fact.ts';
import type { Pairing } from './pairing.ts';
import type { TraceMatch } from './trace-match.ts';

/** What a comparison knows so far: which spans have been taken for what, and which mistakes were found. */
export interface Claims {
  readonly traces: readonly Trace[];
  readonly matches: readonly TraceMatch[];
  readonly meanings: Map<SpanNode, SpanShape>;
  /** Every pairing that was claimed, with the trace match that it belongs to. */
  readonly pairings: ClaimedPairing[];
  readonly facts: Fact[];
  /** Spans that were taken for nothing, but whose presence a fact explains. */
  readonly explained: Set<SpanNode>;
}

export interface ClaimedPairing {
  readonly pairing: Pairing;
  readonly match: TraceMatch | undefined;
}

/** Starts from the traces that were matched by their roots. */
export function createClaims(matches: readonly TraceMatch[], traces: readonly Trace[]): Claims {
  const claims: Claims = { traces, matches, meanings: new Map(), pairings: [], facts: [], explained: new Set() };
  for (const match of matches) claim(claims, match.pairing, match);
  return claims;
}

/** Takes a span, and everything below it, for what the pairing says. Returns the pairings that were added. */
export function claim(claims: Claims, pairing: Pairing, match: TraceMatch | undefined): readonly ClaimedPairing[] {
  const added: ClaimedPairing[] = [];
  const pending = [pairing];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    claims.meanings.set(next.node, next.shape);
    added.push({ pairing: next, match });
    pending.push(...next.children.toReversed());
  }
  claims.pairings.push(...added);
  return added;
}

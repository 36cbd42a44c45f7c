import type { SpanShape } from '../shape/shape.ts';
import type { SpanNode, Trace } from '../trace/trace.ts';
import type { Fact } from './fact.ts';
import { shortages } from './pair-span.ts';
import type { Pairing } from './pairing.ts';
import type { TraceMatch } from './trace-match.ts';

/** What a comparison knows so far: which spans have been taken for what, and which mistakes were found. */
export interface Claims {
  readonly traces: readonly Trace[];
  readonly matches: readonly TraceMatch[];
  /** The spans that the matched traces begin with. */
  readonly roots: ReadonlySet<SpanNode>;
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

/** Starts from the traces that were matched by their roots; the second copies of spans are explained already. */
export function createClaims(
  matches: readonly TraceMatch[],
  traces: readonly Trace[],
  copies: ReadonlySet<SpanNode>,
): Claims {
  const claims: Claims = {
    traces,
    matches,
    roots: new Set(matches.map(({ pairing }) => pairing.node)),
    meanings: new Map(),
    pairings: [],
    facts: [],
    explained: new Set(copies),
  };
  for (const match of matches) claim(claims, match.pairing, match);
  return claims;
}

/** Takes a span, and everything below it, for what the pairing says. Returns the pairings that were added. */
export function claim(claims: Claims, pairing: Pairing, match: TraceMatch | undefined): readonly ClaimedPairing[] {
  const added: ClaimedPairing[] = [];
  const pending = [pairing];
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    const next = withoutTaken(one, claims);
    claims.meanings.set(next.node, next.shape);
    added.push({ pairing: next, match });
    // One at a time: spreading a hundred thousand arguments overflows the stack.
    for (const child of next.children.toReversed()) pending.push(child);
  }
  for (const one of added) claims.pairings.push(one);
  return added;
}

/** A span below may have been taken already, for one that was missing elsewhere: then it is missing here. */
function withoutTaken(pairing: Pairing, { meanings }: Claims): Pairing {
  const children = pairing.children.filter(({ node }) => !meanings.has(node));
  if (children.length === pairing.children.length) return pairing;
  return { ...pairing, children, missing: shortages(pairing.shape.children, children) };
}

/** Whether a span has been taken for nothing and no mistake speaks of it. */
export function isFree(node: SpanNode, { meanings, explained }: Claims): boolean {
  return !meanings.has(node) && !explained.has(node);
}

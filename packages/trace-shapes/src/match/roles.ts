import type { SpanNode } from '../trace/trace.ts';
import type { ClaimedPairing, Claims } from './claims.ts';
import type { Pairing } from './pairing.ts';
import type { TraceMatch } from './trace-match.ts';

/** Finds the pairings that have a role. */
export interface Roles {
  /** Those with a label in one trace match, or, where none has it, with a name. */
  inMatch(match: TraceMatch, role: string): readonly Pairing[];
  /** What a span was taken for. */
  pairingOf(node: SpanNode): Pairing | undefined;
  /** Whether any shape that some span was taken for has this label. */
  hasLabel(label: string): boolean;
}

/** Looks through the pairings when it is first asked. */
export function createRoles({ pairings }: Claims): Roles {
  let all: Index | undefined;
  const index = () => {
    all ??= indexPairings(pairings);
    return all;
  };
  return {
    inMatch: (match, role) => index().byMatch.get(match)?.get(role) ?? [],
    pairingOf: (node) => index().byNode.get(node),
    hasLabel: (label) => index().labels.has(label),
  };
}

/** The label of what was asked for, or of the alternative that came. */
export function labelOf({ slot, shape }: Pairing): string | undefined {
  return slot.label ?? shape.label;
}

interface Index {
  readonly byMatch: ReadonlyMap<TraceMatch, ReadonlyMap<string, readonly Pairing[]>>;
  readonly byNode: ReadonlyMap<SpanNode, Pairing>;
  readonly labels: ReadonlySet<string>;
}

function indexPairings(pairings: readonly ClaimedPairing[]): Index {
  const byMatch = new Map<TraceMatch, Map<string, Pairing[]>>();
  for (const { pairing, match } of pairings) {
    if (!match) continue;
    const roles = byMatch.get(match) ?? new Map<string, Pairing[]>();
    byMatch.set(match, roles);
    const role = labelOf(pairing) ?? pairing.node.span.name;
    const known = roles.get(role);
    if (known) known.push(pairing);
    else roles.set(role, [pairing]);
  }
  const labels = pairings.flatMap(({ pairing }) => labelOf(pairing) ?? []);
  return { byMatch, labels: new Set(labels), byNode: new Map(pairings.map(({ pairing }) => [pairing.node, pairing])) };
}

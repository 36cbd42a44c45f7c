import type { DurationShape } from '../shape/duration.ts';
import type { Claims } from './claims.ts';
import { durationMs } from './compare-span.ts';
import type { Fact } from './fact.ts';
import type { Pairing } from './pairing.ts';
import type { Roles } from './roles.ts';
import type { TraceMatch } from './trace-match.ts';

/** The mistakes in how spans that are in their place lie within their parents' time, and in how long they last beside others. */
export function timingFacts({ pairings }: Claims, roles: Roles): readonly Fact[] {
  const facts: Fact[] = [];
  for (const { pairing, match } of pairings) {
    for (const child of pairing.children) facts.push(...withinFacts(child, pairing));
    const { lasts } = pairing.shape;
    if (match && lasts?.type === 'beside') facts.push(...besideFacts(pairing, lasts, match, roles));
  }
  return withOneEnd(facts);
}

/** A child that began when its parent had ended shows that the parent did not wait for it; else the child ends too late. */
function withinFacts(child: Pairing, parent: Pairing): readonly Fact[] {
  const within = child.slot.within ?? child.shape.within;
  if (!within) return [];
  const [inner, outer] = [child.node.span, parent.node.span];
  const tolerance = toNano(within.toleranceMs);
  if (inner.startUnixNano > outer.endUnixNano + tolerance)
    return [
      { code: 'ended-too-early', shape: parent.shape, node: parent.node, limit: { type: 'child', node: child.node } },
    ];
  if (inner.endUnixNano > outer.endUnixNano + tolerance)
    return [
      { code: 'ended-too-late', shape: child.shape, node: child.node, limit: { type: 'parent', node: parent.node } },
    ];
  if (inner.startUnixNano < outer.startUnixNano - tolerance)
    return [{ code: 'wrong-order', shape: child.shape, node: child.node, before: parent.node, isParent: true }];
  return [];
}

/** A span that the role has, and that is not there, is a mistake of its own. */
function besideFacts(
  pairing: Pairing,
  { relation, role, toleranceMs }: Extract<DurationShape, { type: 'beside' }>,
  match: TraceMatch,
  roles: Roles,
): readonly Fact[] {
  const other = roles.inMatch(match, role).find(({ node }) => node !== pairing.node);
  if (!other) return [];
  const difference = durationMs(pairing.node.span) - durationMs(other.node.span);
  const isTooShort = relation !== 'no-longer-than' && difference < -toleranceMs;
  const isTooLong = relation !== 'no-shorter-than' && difference > toleranceMs;
  if (!isTooShort && !isTooLong) return [];
  const { shape, node } = pairing;
  const code = isTooShort ? 'ended-too-early' : 'ended-too-late';
  return [{ code, shape, node, limit: { type: 'beside', node: other.node } }];
}

/** A span that ended too early did so once, and what outlasts it therefore is no mistake of its own. */
function withOneEnd(facts: readonly Fact[]): readonly Fact[] {
  const early = new Set<unknown>();
  const ends = facts.filter((fact) => {
    if (fact.code !== 'ended-too-early') return true;
    const isFirst = !early.has(fact.node);
    early.add(fact.node);
    return isFirst;
  });
  return ends.filter(
    (fact) => !(fact.code === 'ended-too-late' && fact.limit.type === 'parent' && early.has(fact.limit.node)),
  );
}

function toNano(ms: number): bigint {
  return BigInt(Math.round(ms * 1e6));
}

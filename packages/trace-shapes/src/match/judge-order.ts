import { type Arrangement, TOLERANCE_MS } from '../shape/arrangement.ts';
import type { SpanShape } from '../shape/shape.ts';
import type { SpanNode } from '../trace/trace.ts';
import type { Claims } from './claims.ts';
import type { Fact } from './fact.ts';
import type { Pairing } from './pairing.ts';

/** The mistakes in how the children of one span stand to each other in time: those that are there and in their place. */
export function orderFacts({ pairings }: Claims): readonly Fact[] {
  return pairings.flatMap(({ pairing }) => {
    if (pairing.shape.arrangements.length === 0) return [];
    const bySlot = Map.groupBy(pairing.children, ({ slot }) => slot);
    return pairing.shape.arrangements.flatMap((one) => [...judge(one, pairing, bySlot)]);
  });
}

/** What counts as one stretch of time: a span, or an arrangement of several. */
interface Stretch {
  readonly shape: SpanShape;
  readonly nodes: readonly SpanNode[];
  readonly start: bigint;
  readonly end: bigint;
}

type BySlot = ReadonlyMap<SpanShape, readonly Pairing[]>;

/** The inner arrangements first: what is wrong within them is the nearer mistake. */
function* judge(arrangement: Arrangement, parent: Pairing, bySlot: BySlot): Generator<Fact> {
  for (const part of arrangement.parts) if (typeof part !== 'number') yield* judge(part, parent, bySlot);
  const stretches = arrangement.parts.flatMap((part) => stretchesOf(part, parent, bySlot));
  const fact =
    arrangement.type === 'sequential'
      ? judgeSequence(stretches, arrangement.toleranceMs ?? TOLERANCE_MS)
      : judgeParallel(stretches, arrangement.toleranceMs);
  if (fact) yield fact;
}

function stretchesOf(part: Arrangement['parts'][number], parent: Pairing, bySlot: BySlot): readonly Stretch[] {
  if (typeof part !== 'number') {
    const inner = part.parts.flatMap((one) => stretchesOf(one, parent, bySlot));
    const [first] = inner;
    return first ? [join(first, inner)] : [];
  }
  const pairings = bySlot.get(parent.shape.children[part] as SpanShape) ?? [];
  return pairings
    .map(({ shape, node }): Stretch => {
      const { startUnixNano: start, endUnixNano: end } = node.span;
      return { shape, nodes: [node], start, end };
    })
    .toSorted((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
}

function join({ shape, ...first }: Stretch, all: readonly Stretch[]): Stretch {
  const start = all.reduce((least, one) => earlier(least, one.start), first.start);
  const end = all.reduce((most, one) => later(most, one.end), first.end);
  return { shape, nodes: all.flatMap(({ nodes }) => nodes), start, end };
}

/** The first span that began before another had ended that should have; one out of its place is one mistake. */
function judgeSequence(stretches: readonly Stretch[], toleranceMs: number): Fact | undefined {
  let last: Stretch | undefined;
  for (const stretch of stretches) {
    const [node, before] = [stretch.nodes[0], last?.nodes.at(-1)];
    if (last && node && before && msBetween(stretch.start, last.end) > toleranceMs)
      return { code: 'wrong-order', shape: stretch.shape, node, before, isParent: false };
    if (!last || stretch.end > last.end) last = stretch;
  }
  return undefined;
}

/** Side by side, all together take little longer than the longest; a pool of two for ten calls overlaps as well. */
function judgeParallel(stretches: readonly Stretch[], toleranceMs: number | undefined): Fact | undefined {
  const [first] = stretches;
  if (!first || stretches.length < 2) return undefined;
  const { start, end, nodes } = join(first, stretches);
  const lengths = stretches.map((one) => msBetween(one.start, one.end));
  const longestMs = lengths.reduce((longest, length) => Math.max(longest, length), 0);
  const othersMs = lengths.reduce((sum, length) => sum + length, 0) - longestMs;
  const atMostMs = longestMs + (toleranceMs ?? TOLERANCE_MS + othersMs / 4);
  const elapsedMs = msBetween(start, end);
  if (elapsedMs <= atMostMs) return undefined;
  return { code: 'not-parallel', shape: first.shape, nodes, elapsedMs, longestMs, atMostMs };
}

function msBetween(start: bigint, end: bigint): number {
  return Number(end - start) / 1e6;
}

function earlier(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function later(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

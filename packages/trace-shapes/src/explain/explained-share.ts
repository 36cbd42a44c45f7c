import type { View } from '../match/view.ts';
import type { SpanNode } from '../trace/trace.ts';

/**
 * The share of a span's time, from 0 to 1, during which some span without children runs below it. What a span covers
 * beside its children is time that nothing explains yet.
 */
export function explainedShare(root: SpanNode, view: View): number {
  const total = root.span.endUnixNano - root.span.startUnixNano;
  if (total <= 0n) return 0;
  const leaves = [...view.descendantsOf(root)].filter((node) => view.childrenOf(node).length === 0);
  const intervals = leaves
    .map(
      ({ span }) =>
        [max(span.startUnixNano, root.span.startUnixNano), min(span.endUnixNano, root.span.endUnixNano)] as const,
    )
    // What runs after the answer explains nothing of the time until then.
    .filter(([start, end]) => start < end)
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  let covered = 0n;
  let until = root.span.startUnixNano;
  for (const [start, end] of intervals) {
    if (end <= until) continue;
    covered += end - max(start, until);
    until = end;
  }
  return Number((covered * 10_000n) / total) / 10_000;
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

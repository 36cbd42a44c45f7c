import { type Placed, placeChild } from './place-child.ts';
import type { PathSegment, TimedSpan } from './timed-span.ts';

/**
 * The critical path of one trace below a span: walking back from its end, always the child that finished last, then what
 * finished before that one began. Its segments follow each other without a gap and last as long as the span.
 * @param spans of the trace, in any order; those that are not below `root` do not matter
 */
export function criticalPath(root: TimedSpan, spans: readonly TimedSpan[]): readonly PathSegment[] {
  const children = Map.groupBy(spans, ({ parentId }) => parentId);
  const seen = new Set([root]);
  const segments: PathSegment[] = [];
  const pending: Placed[] = [{ span: root, startMs: root.startMs, endMs: root.endMs, shiftMs: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const below = (children.get(next.span.spanId) ?? []).filter((child) => !seen.has(child));
    for (const child of below) seen.add(child);
    const { own, waitedFor } = walkBack(next, below);
    segments.push(...own);
    pending.push(...waitedFor);
  }
  return segments.sort((a, b) => a.startMs - b.startMs);
}

/** A span's own segments, and the children, cut to when they were waited for. */
function walkBack(parent: Placed, children: readonly TimedSpan[]) {
  const own: PathSegment[] = [];
  const waitedFor: Placed[] = [];
  let cursor = parent.endMs;
  for (const child of placeAll(parent, children)) {
    const overlapMs = child.endMs - cursor;
    if (overlapMs > Math.min(OVERLAP_MS, (child.endMs - child.startMs) / 2) || child.startMs >= cursor) continue;
    const endMs = Math.min(child.endMs, cursor);
    if (cursor > endMs) own.push({ span: parent.span, startMs: endMs, endMs: cursor });
    waitedFor.push({ ...child, endMs });
    cursor = child.startMs;
  }
  if (cursor > parent.startMs) own.push({ span: parent.span, startMs: parent.startMs, endMs: cursor });
  return { own, waitedFor };
}

function placeAll(parent: Placed, children: readonly TimedSpan[]): readonly Placed[] {
  return children
    .map((child) => placeChild(child, parent))
    .filter((placed) => placed !== undefined)
    .sort((a, b) => b.endMs - a.endMs || b.startMs - a.startMs);
}

/** Steps that follow each other may seem to overlap by the resolution of the clock, and are steps all the same. */
const OVERLAP_MS = 1;

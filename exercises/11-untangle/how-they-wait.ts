import { durationMs, type SpanNode } from 'trace-shapes';

/** How far away the database is while this is looked at: for a question and its answer, in milliseconds. */
export const ROUND_TRIP_MS = 10;

/** How queries that could be answered side by side wait for each other. */
export type Waiting = 'in-turn' | 'in-a-queue';

/**
 * Tells how queries wait for each other, if they do. Where the database is some milliseconds away, one that is asked
 * when another has been answered waited for it; and where all are asked at once, the last answer takes as long as all of
 * them, and no two come closer than one question and its answer take, a single connection took them one by one.
 */
export function howTheyWait(asked: readonly SpanNode[]): Waiting | undefined {
  const [firstEnd = 0n] = asked.map(({ span }) => span.endUnixNano).toSorted(byTime);
  if (asked.some((node) => askedAt(node) > firstEnd - RESOLUTION_NANO)) return 'in-turn';
  const lengths = asked.map(({ span }) => durationMs(span));
  const isSum = Math.max(...lengths) > 0.75 * asked.length * Math.min(...lengths);
  return asked.length > 1 && isSum && shortestGapMs(asked) > 0.8 * ROUND_TRIP_MS ? 'in-a-queue' : undefined;
}

/** Between an answer and the next one. On a busy machine answers of several connections are late, too, but come together. */
function shortestGapMs(asked: readonly SpanNode[]): number {
  const ends = asked.map(({ span }) => span.endUnixNano).toSorted(byTime);
  return Math.min(...ends.slice(1).map((end, i) => Number(end - (ends[i] ?? 0n)) / 1e6));
}

/** The time from the first question to the last answer, in milliseconds. */
export function elapsedMs(asked: readonly SpanNode[]): number {
  const starts = asked.map(askedAt).toSorted(byTime);
  const ends = asked.map(({ span }) => span.endUnixNano).toSorted(byTime);
  return Number((ends.at(-1) ?? 0n) - (starts[0] ?? 0n)) / 1e6;
}

/** A pool that opens a connection first draws that before the query: the question was asked when it began to. */
function askedAt({ span, trace }: SpanNode): bigint {
  const connected = trace.nodes.findLast(
    (other) =>
      other.span.name === 'pg-pool.connect' &&
      other.span.parentSpanId === span.parentSpanId &&
      other.span.startUnixNano <= span.startUnixNano &&
      isClose(other.span.endUnixNano, span.startUnixNano),
  );
  return connected ? connected.span.startUnixNano : span.startUnixNano;
}

function isClose(a: bigint, b: bigint): boolean {
  return a - b < RESOLUTION_NANO && b - a < RESOLUTION_NANO;
}

function byTime(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A start is told to the millisecond. */
const RESOLUTION_NANO = 2_000_000n;

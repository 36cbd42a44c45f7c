import type { TimedSpan } from './timed-span.ts';

/** When a span was, by the clock of its parent, and how far its own clock was off. */
export interface Placed {
  readonly span: TimedSpan;
  readonly startMs: number;
  readonly endMs: number;
  /** To be added to the times of everything below it. */
  readonly shiftMs: number;
}

/**
 * Places a child within its parent, or returns `undefined` if the parent did not wait for it: a message that is
 * consumed, work that began after the parent's end, or work of the same process that went on after it.
 * Clocks of two services differ: a child of another service that sticks out, and would fit, is centred, as Jaeger does
 * it; one that would not is cut, since a caller that gave up waited until then.
 */
export function placeChild(child: TimedSpan, parent: Placed): Placed | undefined {
  if (child.kind === 'Consumer') return undefined;
  const startMs = child.startMs + parent.shiftMs;
  const endMs = child.endMs + parent.shiftMs;
  const sticksOut = startMs < parent.startMs || endMs > parent.endMs;
  if (!sticksOut) return { span: child, startMs, endMs, shiftMs: parent.shiftMs };
  return child.service === parent.span.service
    ? cutOwn(child, startMs, endMs, parent)
    : centre(child, startMs, endMs, parent);
}

function centre(span: TimedSpan, startMs: number, endMs: number, parent: Placed): Placed | undefined {
  const room = parent.endMs - parent.startMs - (endMs - startMs);
  if (room >= 0) {
    const moved = parent.startMs + room / 2;
    return { span, startMs: moved, endMs: moved + endMs - startMs, shiftMs: parent.shiftMs + moved - startMs };
  }
  return cut(span, startMs, endMs, parent);
}

function cutOwn(span: TimedSpan, startMs: number, endMs: number, parent: Placed): Placed | undefined {
  const outlivesMs = endMs - parent.endMs;
  const isWaitedFor = outlivesMs <= Math.max(CLOCK_MS, (endMs - startMs) * CARELESS_SHARE);
  return isWaitedFor ? cut(span, startMs, endMs, parent) : undefined;
}

function cut(span: TimedSpan, startMs: number, endMs: number, parent: Placed): Placed | undefined {
  const from = Math.max(startMs, parent.startMs);
  const to = Math.min(endMs, parent.endMs);
  return to > from ? { span, startMs: from, endMs: to, shiftMs: parent.shiftMs } : undefined;
}

/** Several SDKs take a span's start with a resolution of 1 ms, so that a child may end that much after its parent. */
const CLOCK_MS = 2;
/** A child that was awaited may end a little late, for its parent is ended first when a response is on its way. */
const CARELESS_SHARE = 0.1;

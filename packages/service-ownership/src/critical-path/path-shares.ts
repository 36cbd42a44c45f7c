import { criticalPath } from './critical-path.ts';
import type { TimedSpan } from './timed-span.ts';

/** How much of an operation's time, over a set of its traces, rests on one operation of one service. */
export interface PathShare {
  readonly service: string;
  readonly operation: string;
  /** Of all the time of the entry operation, from 0 to 1. The shares of a set sum up to 1. */
  readonly share: number;
  /** On average per trace. */
  readonly meanMs: number;
  /** In how many of the traces it is on the path. */
  readonly traces: number;
}

/** The shares over a set of traces, each given by its entry span and all of its spans; the largest first. */
export function pathShares(
  traces: readonly { readonly entry: TimedSpan; readonly spans: readonly TimedSpan[] }[],
): readonly PathShare[] {
  const sums = new Map<string, { service: string; operation: string; totalMs: number; traces: number }>();
  for (const { entry, spans } of traces) {
    const own = Map.groupBy(criticalPath(entry, spans), ({ span }) => `${span.service}\0${span.operation}`);
    for (const [key, segments] of own) {
      const { service, operation } = (segments[0] ?? { span: entry }).span;
      const before = sums.get(key) ?? { service, operation, totalMs: 0, traces: 0 };
      const totalMs = segments.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, before.totalMs);
      sums.set(key, { ...before, totalMs, traces: before.traces + 1 });
    }
  }
  const allMs = [...sums.values()].reduce((sum, { totalMs }) => sum + totalMs, 0);
  return [...sums.values()]
    .map(({ service, operation, totalMs, traces: on }) => ({
      service,
      operation,
      share: allMs === 0 ? 0 : totalMs / allMs,
      meanMs: totalMs / traces.length,
      traces: on,
    }))
    .sort((a, b) => b.share - a.share);
}

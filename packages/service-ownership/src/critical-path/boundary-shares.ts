import { criticalPath } from './critical-path.ts';
import type { EntryTrace } from './load-entry-traces.ts';
import type { TimedSpan } from './timed-span.ts';

/** What an operation that another service calls contributes to an entry operation's time. */
export interface BoundaryShare {
  readonly service: string;
  readonly operation: string;
  /** Of the entry's time: its own and that of all that it calls in turn. */
  readonly share: number;
  /** Of the entry's time: its own, up to where the next service begins. The own shares sum up to 1. */
  readonly ownShare: number;
  /** Of the entry's time, by one call of it that is on the path. */
  readonly sharePerCall: number;
}

/** For each operation at which a service is entered, its share of the critical path over a set of traces, largest first. */
export function boundaryShares(traces: readonly EntryTrace[]): readonly BoundaryShare[] {
  const sums = new Map<string, Sum>();
  let entryMs = 0;
  for (const trace of traces) {
    entryMs += trace.entry.endMs - trace.entry.startMs;
    addTrace(sums, trace);
  }
  return [...sums.values()]
    .map(({ service, operation, allMs, ownMs, calls }) => ({
      service,
      operation,
      share: entryMs === 0 ? 0 : allMs / entryMs,
      ownShare: entryMs === 0 ? 0 : ownMs / entryMs,
      sharePerCall: entryMs === 0 ? 0 : allMs / calls.size / (entryMs / traces.length),
    }))
    .sort((a, b) => b.share - a.share || (a.operation < b.operation ? -1 : 1));
}

interface Sum {
  readonly service: string;
  readonly operation: string;
  readonly calls: Set<TimedSpan>;
  allMs: number;
  ownMs: number;
}

function addTrace(sums: Map<string, Sum>, { entry, spans }: EntryTrace): void {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  for (const { span, startMs, endMs } of criticalPath(entry, spans)) {
    const entered = boundariesAbove(span, entry, byId);
    entered.forEach((boundary, i) => {
      const sum = sumOf(sums, boundary);
      sum.calls.add(boundary);
      sum.allMs += endMs - startMs;
      if (i === 0) sum.ownMs += endMs - startMs;
    });
  }
}

/** The spans at which services were entered on the way to a span, the nearest first; the last is the entry. */
function boundariesAbove(
  span: TimedSpan,
  entry: TimedSpan,
  byId: ReadonlyMap<string, TimedSpan>,
): readonly TimedSpan[] {
  const entered: TimedSpan[] = [];
  for (let at = span; at !== entry; ) {
    const parent = byId.get(at.parentId);
    if (!parent) break;
    if (parent.service !== at.service) entered.push(at);
    at = parent;
  }
  return [...entered, entry];
}

function sumOf(sums: Map<string, Sum>, { service, operation }: TimedSpan): Sum {
  const key = `${service}\0${operation}`;
  const sum = sums.get(key) ?? { service, operation, calls: new Set(), allMs: 0, ownMs: 0 };
  sums.set(key, sum);
  return sum;
}

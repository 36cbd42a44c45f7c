import type { Trace } from '../trace/trace.ts';
import { describeSpan } from './describe-span.ts';
import { numberLikes } from './number-likes.ts';
import { writeTree } from './write-tree.ts';

/** What a canonical tree leaves out, beside what it masks anyway. */
export interface CanonicalOptions {
  /** Attributes to leave out altogether, by key. */
  readonly omit?: readonly (string | RegExp)[];
  /** Attributes whose values differ from run to run: they are there, as `<any>`. */
  readonly mask?: readonly (string | RegExp)[];
}

/**
 * A trace as text that is the same for every run of the same work: without ids, times and ports, siblings by name
 * instead of by time, and those that are alike as one with their number. Ids, times and ports within names and values
 * are masked as `<id>`, `<time>` and `<port>`; what else differs from run to run is for `mask` and `omit`.
 * @example t.assert.snapshot(canonicalTrace(trace, { mask: ['order.id'] }))
 */
export function canonicalTrace(trace: Trace, options: CanonicalOptions = {}): string {
  return canonicalTraces([trace], options);
}

/**
 * Several traces as one text, in an order that does not depend on time; those that are alike are there once, with
 * their number.
 * @example t.assert.snapshot(canonicalTraces(buildTraces(receiver.telemetry.spans)))
 */
export function canonicalTraces(traces: readonly Trace[], options: CanonicalOptions = {}): string {
  const nodes = traces.flatMap((trace) => trace.nodes);
  const describe = describeSpan(nodes, options);
  const forest = numberLikes(traces, describe);
  const written = forest.traces.map((tops) => writeTree(tops, forest));
  const counted = [...Map.groupBy(written, (text) => text)].sort(([a], [b]) => (a < b ? -1 : 1));
  return counted
    .map(([text, alike]) => (alike.length === 1 ? text : `${alike.length} traces like this:\n${text}`))
    .join('\n\n');
}

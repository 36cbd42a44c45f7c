import { distance } from 'fastest-levenshtein';
import type { Trace } from 'trace-shapes';
import { UsageError } from '../stages/usage-error.ts';
import { shortId, summariseTrace } from './summarise-trace.ts';
import { toLineText } from './terminal-text.ts';

/** The trace of this id, or of the only id that begins like this. */
export function findTrace(traces: readonly Trace[], wanted: string): Trace {
  const id = wanted.trim().toLowerCase();
  const found = traces.filter(({ traceId }) => id !== '' && traceId.startsWith(id));
  if (found.length === 1 && found[0]) return found[0];
  if (traces.length === 0) throw new UsageError(`There is no trace "${wanted}": no spans came with the newest run.`);
  if (found.length > 1)
    throw new UsageError(`${found.length} traces begin with "${wanted}": ${listed(found)}. Write more of the id.`);
  throw new UsageError(
    `There is no trace "${wanted}" in the newest run. Near it: ${listed(nearest(traces, id))}. \`npm run traces\` lists all ${traces.length}.`,
  );
}

function nearest(traces: readonly Trace[], id: string): readonly Trace[] {
  const far = new Map(traces.map((trace) => [trace, distance(id, trace.traceId.slice(0, id.length))]));
  return traces.toSorted((a, b) => (far.get(a) ?? 0) - (far.get(b) ?? 0)).slice(0, MOST_SHOWN);
}

function listed(traces: readonly Trace[]): string {
  const some = traces
    .slice(0, MOST_SHOWN)
    .map((trace) => `${shortId(trace.traceId)} (${toLineText(summariseTrace(trace).name)})`);
  return some.join(', ') + (traces.length > MOST_SHOWN ? ', …' : '');
}

const MOST_SHOWN = 3;

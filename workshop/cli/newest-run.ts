import { benchPlace } from '../bench/bench-place.ts';
import { UsageError } from '../stages/usage-error.ts';
import { readStoredRun, type StoredRun } from '../telemetry/store.ts';
import { nightDir } from '../telemetry/stored-night.ts';
import type { Surroundings } from './surroundings.ts';

/** The newest run that is kept, or the last replayed night; a usage error says how to make one where there is none. */
export async function readNewestRun({ root }: Surroundings, which: { readonly night?: true } = {}): Promise<StoredRun> {
  const { stateDir } = benchPlace(root);
  const run = await readStoredRun(which.night ? nightDir(stateDir) : stateDir);
  if (run) return run;
  if (which.night) throw new UsageError('No night has been replayed yet. `npm run replay` does.');
  throw new UsageError(
    'Nothing has been kept yet. `npm run check`, `npm run app` and `npm run replay` run the bench and keep what arrives.',
  );
}

/** The newest run, or the last replayed night when only that knows a trace whose id begins like this. */
export async function readRunOf(surroundings: Surroundings, traceId: string): Promise<StoredRun> {
  const newest = await readNewestRun(surroundings);
  if (knows(newest, traceId)) return newest;
  const night = await readStoredRun(nightDir(benchPlace(surroundings.root).stateDir));
  return night && knows(night, traceId) ? night : newest;
}

function knows({ telemetry }: StoredRun, traceId: string): boolean {
  const id = traceId.trim().toLowerCase();
  return telemetry.spans.some((span) => span.traceId.startsWith(id));
}

/** A number of things to show, as the user typed it. */
export function parseLimit(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const limit = Number(text);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new UsageError(`\`--limit ${text}\` is no number of lines. Say, for example, \`--limit 50\`.`);
}

/** The service that the user means, which must have shown up in the run, be it with a line alone. */
export function findService({ telemetry, log }: StoredRun, wanted: string | undefined): string | undefined {
  const known = new Set([
    ...log.map(({ process }) => process),
    ...telemetry.spans.map(({ service }) => service),
    ...telemetry.logs.map(({ service }) => service),
  ]);
  if (wanted === undefined || known.has(wanted)) return wanted;
  const names = [...known].map((name) => `\`${name}\``).join(', ');
  throw new UsageError(`Nothing came from a service "${wanted}" in the newest run; there were ${names || 'none'}.`);
}

import { benchPlace } from '../bench/bench-place.ts';
import { UsageError } from '../stages/usage-error.ts';
import { readStoredRun, type StoredRun } from '../telemetry/store.ts';
import type { Surroundings } from './surroundings.ts';

/** The newest run that is kept, or a usage error that says how to make one. */
export async function readNewestRun({ root }: Surroundings): Promise<StoredRun> {
  const run = await readStoredRun(benchPlace(root).stateDir);
  if (run) return run;
  throw new UsageError(
    'Nothing has been kept yet. `npm run check`, `npm run app` and `npm run replay` run the bench and keep what arrives.',
  );
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

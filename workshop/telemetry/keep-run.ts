import type { Telemetry } from 'trace-shapes';
import type { LogLine } from '../app/app-log.ts';
import { readStoredRun, storeRun } from './store.ts';

/** Keeps what a run left that nobody judged; what the last judged one knew stays, so that the next can tell what is new. */
export async function keepRun(
  stateDir: string,
  run: { readonly source: string; readonly telemetry: Telemetry; readonly log: readonly LogLine[] },
): Promise<void> {
  const before = await readStoredRun(stateDir);
  const { paths = [], explainedShare } = before ?? {};
  await storeRun(stateDir, { ...run, at: new Date().toISOString(), paths, explainedShare });
}

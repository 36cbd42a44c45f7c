import type { Telemetry } from 'trace-shapes';
import type { LogLine } from '../app/app-log.ts';
import { readJudgedBefore, storeRun } from './store.ts';

/** Keeps what a run left that nobody judged; what the last judged one knew stays, so that the next can tell what is new. */
export async function keepRun(
  stateDir: string,
  run: { readonly source: string; readonly telemetry: Telemetry; readonly log: readonly LogLine[] },
): Promise<void> {
  const before = await readJudgedBefore(stateDir);
  const { paths = [], explainedShare } = before ?? {};
  await storeRun(stateDir, { ...run, at: new Date().toISOString(), paths, explainedShare });
}

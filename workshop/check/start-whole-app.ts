import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Env } from '../app/app-env.ts';
import type { WritableAppLog } from '../app/app-log.ts';
import { parseProcfile } from '../app/parse-procfile.ts';
import type { RunningApp } from '../app/running-app.ts';
import { signalEnv } from '../app/signals.ts';
import { startApp } from '../app/start-app.ts';
import type { CheckFinding } from '../check/check.ts';
import { explainFailure } from '../check/explain-failure.ts';
import type { Bay } from '../check/run-stage.ts';
import type { Signal } from '../stages/define-stage.ts';

/** Which copy of the app to start, and what its processes talk to. */
export type WholeAppPlan = {
  readonly dir: string;
  /** How the learner calls that folder. */
  readonly dirName: string;
  readonly databaseUrl: string;
  readonly otlpEndpoint: string;
  readonly signals: readonly Signal[];
  /** What the processes find in their environment beside all that. */
  readonly env?: Env;
  readonly log: WritableAppLog;
  /** Where the processes were before: lines that somebody has copied stay true. */
  readonly formerUrls?: Readonly<Record<string, string>> | undefined;
  readonly signal: AbortSignal;
};

/** The running app, or the one reason why it does not run. */
export type WholeAppStart =
  | { readonly ok: true; readonly app: RunningApp }
  | { readonly ok: false; readonly finding: CheckFinding };

/** Starts every process of a Procfile, the worker too, with spans sent soon: somebody is looking. */
export async function startWholeApp(bay: Bay, { dirName, ...plan }: WholeAppPlan): Promise<WholeAppStart> {
  const { keeper, nodePath, baseEnv } = bay;
  const processes = await readProcessNames(plan.dir);
  const env = { ...signalEnv(plan.signals), ...SEND_SOON, ...plan.env };
  const start = await startApp({ ...plan, keeper, nodePath, baseEnv, processes, env });
  return start.ok ? start : { ok: false, finding: explainFailure(start.failure, dirName) };
}

/** The processes that a Procfile names, and those that the shop cannot do without: `startApp` says when one is missing. */
async function readProcessNames(dir: string): Promise<readonly string[]> {
  const text = await readFile(join(dir, 'Procfile'), 'utf8').catch(() => '');
  return [...new Set([...NEEDED, ...parseProcfile(text).entries.map(({ name }) => name)])];
}

const NEEDED = ['shop', 'warehouse', 'payments', 'worker'];
const SEND_SOON: Env = { OTEL_BSP_SCHEDULE_DELAY: '100', OTEL_BLRP_SCHEDULE_DELAY: '100' };

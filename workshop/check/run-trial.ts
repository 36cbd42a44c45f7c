import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Env } from '../app/app-env.ts';
import { createAppLog } from '../app/app-log.ts';
import { stopStyleHere } from '../app/ask-to-stop.ts';
import { patientFor, USUAL_DEADLINE_MS } from '../app/patient-for.ts';
import { startProcess } from '../app/start-process.ts';
import type { Keeper } from '../keeper/open-keeper.ts';

/** A program of an exercise that tries out code of the bench by itself, without the app. */
export type TrialPlan = {
  readonly program: string;
  /** The bench: the program runs there, and finds the packages that the bench finds. */
  readonly dir: string;
  readonly nodePath: string;
  readonly baseEnv: Env;
  readonly keeper: Keeper;
  readonly signal: AbortSignal;
  /** How long it may take; `USUAL_DEADLINE_MS` unless said otherwise, longer on a busy machine. */
  readonly deadlineMs?: number | undefined;
};

/** What a trial found out: what it printed as JSON in its last line; or its last words, when it did not get so far. */
export type TrialResult =
  | { readonly ok: true; readonly found: unknown }
  | { readonly ok: false; readonly lastLines: readonly string[] };

/** Runs a trial to its end, or to its deadline. */
export async function runTrial({
  program,
  deadlineMs = patientFor(USUAL_DEADLINE_MS),
  ...plan
}: TrialPlan): Promise<TrialResult> {
  const { dir, nodePath, baseEnv, keeper, signal } = plan;
  const log = createAppLog();
  const words = [nodePath, '--input-type=module-typescript', '--eval', await readFile(program, 'utf8')] as const;
  const env = {
    ...baseEnv,
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
    NODE_COMPILE_CACHE: join(keeper.stateDir, 'compile-cache'),
  };
  const process = startProcess(
    { name: 'trial', port: 0, words: [...words], env, dir, stopStyle: stopStyleHere },
    log,
    keeper,
  );
  const over = new AbortController();
  const late = delay(deadlineMs, undefined, { signal: AbortSignal.any([over.signal, signal]) }).catch(() => {});
  await Promise.race([process.closed, late]);
  over.abort();
  await process.stop(0);
  const said = log.lines().findLast(({ stream, line }) => stream === 'stdout' && line.startsWith('{'));
  const found = said && parse(said.line);
  return found === undefined ? { ok: false, lastLines: log.lastLines('trial', 20) } : { ok: true, found };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

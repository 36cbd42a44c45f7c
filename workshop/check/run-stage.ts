import { buildTraces, type Telemetry } from 'trace-shapes';
import type { Env } from '../app/app-env.ts';
import type { LogLine } from '../app/app-log.ts';
import { KEEP_ALL } from '../app/signals.ts';
import type { DatabaseServer } from '../database/database-server.ts';
import type { Keeper } from '../keeper/open-keeper.ts';
import { runStandardScenario } from '../scenario/standard-scenario.ts';
import type { Signal } from '../stages/define-stage.ts';
import type { Tree } from '../stages/tree.ts';
import type { CheckFinding, StageRun } from './check.ts';
import { type AppDrive, type DriveResult, driveApp, HOLD_SPANS, SEND_AT_ONCE } from './drive-app.ts';
import { lendAttributes } from './lend-attributes.ts';
import { type OwnRun, runWithoutShop } from './own-run.ts';
import { runTrial } from './run-trial.ts';
import type { SecondRun, SecondStart } from './second-start.ts';
import { watchClocks } from './watch-clocks.ts';

/** What runs have in common: opened once, used by many. */
export type Bay = {
  readonly keeper: Keeper;
  readonly server: DatabaseServer;
  /** Schema and seed. */
  readonly sql: readonly string[];
  readonly nodePath: string;
  readonly baseEnv: Env;
  /** Takes cleaning up that no verdict has to wait for; it is over when the bay is closed. */
  readonly cleanUpLater: (work: Promise<void>) => void;
};

/** One copy of the app, and how to run it. */
export type RunPlan = {
  readonly dir: string;
  /** How the learner calls that folder. */
  readonly dirName: string;
  readonly bench: Tree;
  readonly processes: readonly string[];
  readonly signals: readonly Signal[];
  /** Whether the worker, which has to run then, is given jobs and restarted. */
  readonly drivesJobs?: boolean;
  /** The programs that try out code of the bench by itself. */
  readonly trials?: readonly string[];
  /** How far away the database is, in milliseconds for a question and its answer. */
  readonly roundTripMs?: number;
  /** What is started once more, after the standard scenario. */
  readonly secondStarts?: readonly SecondStart[];
  /** Runs apart from the shop's, that checks make by themselves. */
  readonly ownRuns?: readonly OwnRun[];
  /** Set when no check looks at the shop: then it is not started. */
  readonly withoutShop?: boolean;
  readonly signal: AbortSignal;
  readonly onProgress?: (what: string) => void;
  readonly onTelemetry?: (arrived: Telemetry) => void;
  readonly onLine?: (line: LogLine) => void;
  /** How long starting, and then the whole scenario, may take; `USUAL_DEADLINE_MS` of `workshop/app` unless said otherwise, and up to three times that on a busy machine. */
  readonly deadlineMs?: number | undefined;
};

/** A run to judge, or the one reason why there is none. */
export type RunResult = { readonly ok: true; readonly run: StageRun } | RunFailure;

/** Why there is no run, and what the app printed. */
export type RunFailure = { readonly ok: false; readonly finding: CheckFinding; readonly log: readonly LogLine[] };

/**
 * Runs one copy of the app through the standard scenario and collects its spans: a fresh database, real processes, real
 * OTLP; then SIGTERM, whose exit is the barrier. When nothing came, it runs once more as a control, with spans sent at
 * once and the SDK talking, so that lost spans can be told from none.
 */
export async function runStage(bay: Bay, plan: RunPlan): Promise<RunResult> {
  const result = plan.withoutShop ? ({ ok: true, run: runWithoutShop(plan.bench) } as const) : await runShop(bay, plan);
  return addOwnRuns(bay, plan, result);
}

async function runShop(bay: Bay, plan: RunPlan): Promise<RunResult> {
  const result = await runOnce(bay, plan, HOLD_SPANS);
  if (!result.ok) return result;
  if (result.run.telemetry.spans.length > 0) return runSecondStarts(bay, plan, result.run, plan.secondStarts);
  plan.onProgress?.('no spans came: running once more to find out why');
  const control = await runOnce(bay, plan, SEND_AT_ONCE);
  return control.ok ? { ok: true, run: { ...result.run, control: control.run } } : control;
}

/** A run in whose middle the database went away, or the clock jumped, says nothing about the app. */
async function runOnce(bay: Bay, plan: RunPlan, env: Env): Promise<RunResult> {
  const before = await bay.server.incarnation();
  using clocks = watchClocks();
  const hasLostDatabase = async () => (await bay.server.incarnation()) !== before;
  try {
    const result = await runAndCleanUp(bay, plan, env);
    const isWell = result.ok && result.run.facts.broken.length === 0;
    if (!clocks.hasJumped() && (isWell || !(await hasLostDatabase()))) return result;
  } catch (error) {
    plan.signal.throwIfAborted();
    if (!clocks.hasJumped() && !(await hasLostDatabase())) throw error;
  }
  const why = clocks.hasJumped() ? 'This laptop slept, or its clock was set,' : 'Postgres ended';
  plan.onProgress?.(`${why} in the middle of the run: running once more`);
  return runAndCleanUp(bay, plan, env);
}

async function runAndCleanUp(bay: Bay, plan: RunPlan, env: Env): Promise<RunResult> {
  const held = new AsyncDisposableStack();
  try {
    return await runWith(held, bay, plan, env);
  } finally {
    bay.cleanUpLater(held.disposeAsync());
  }
}

async function runWith(held: AsyncDisposableStack, bay: Bay, plan: RunPlan, env: Env): Promise<RunResult> {
  const { dir, processes, signal, bench, roundTripMs = 0 } = plan;
  let trials: Promise<StageRun['trials']> | undefined;
  const result = await driveApp(held, bay, plan, {
    env: { ...env, ...KEEP_ALL },
    roundTripMs,
    drive({ app, databaseUrl, signal: whileRunning }) {
      trials = runTrials(bay, plan.trials ?? [], { dir, signal, deadlineMs: plan.deadlineMs });
      held.defer(async () => void (await trials));
      const restart = (whileAway: () => Promise<void>) => app.restart('worker', whileAway);
      return runStandardScenario({
        shopUrl: app.urls.shop as string,
        databaseUrl,
        hasWorker: processes.includes('worker'),
        jobsFor: plan.drivesJobs ? { restart } : undefined,
        signal: whileRunning,
      });
    },
  });
  if (!result.ok) return result;
  const { seen: facts, ...run } = result.run;
  const traces = buildTraces(lendAttributes(run.telemetry.spans));
  const tried = (await trials) ?? new Map();
  return {
    ok: true,
    run: { ...run, facts, traces, trials: tried, secondRuns: new Map(), ownRuns: new Map(), bench, control: undefined },
  };
}

type TrialPlace = { readonly dir: string; readonly signal: AbortSignal; readonly deadlineMs: number | undefined };

async function runTrials(bay: Bay, programs: readonly string[], place: TrialPlace): Promise<StageRun['trials']> {
  return new Map(
    await Promise.all(
      programs.map(async (program) => [program, await runTrial({ ...bay, program, ...place })] as const),
    ),
  );
}

/** Starts a copy again, and adds what came of it to its run. A broken promise is told; a second start would only say it again. */
export async function runSecondStarts(
  bay: Bay,
  plan: RunPlan,
  run: StageRun,
  starts: readonly SecondStart[] = [],
): Promise<RunResult> {
  if (run.facts.broken.length > 0) return { ok: true, run };
  const { onTelemetry: _, onLine: __, ...quietly } = plan;
  const secondRuns = new Map<string, SecondRun>(run.secondRuns);
  for (const { id, env, ...start } of starts) {
    const second = await runAgain(bay, quietly, { ...start, env: { ...HOLD_SPANS, ...env } });
    if (!second.ok) return second;
    secondRuns.set(id, second.run);
  }
  return { ok: true, run: { ...run, secondRuns } };
}

async function addOwnRuns(bay: Bay, plan: RunPlan, result: RunResult): Promise<RunResult> {
  if (!result.ok || result.run.facts.broken.length > 0) return result;
  let { run } = result;
  for (const { id, run: go } of plan.ownRuns ?? []) {
    const own = await go(bay, plan);
    if (!own.ok) return own;
    run = { ...run, ownRuns: new Map([...run.ownRuns, [id, own.seen]]) };
    // What the checks look at is also what the learner sees of the run.
    if (plan.withoutShop) run = { ...run, telemetry: own.telemetry, log: own.log };
  }
  return { ok: true, run };
}

async function runAgain<Seen>(bay: Bay, plan: RunPlan, drive: AppDrive<Seen>): Promise<DriveResult<Seen>> {
  const held = new AsyncDisposableStack();
  try {
    return await driveApp(held, bay, plan, drive);
  } finally {
    bay.cleanUpLater(held.disposeAsync());
  }
}

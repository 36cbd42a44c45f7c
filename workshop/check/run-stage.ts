import { buildTraces, startReceiver, type Telemetry, waitUntilQuiet } from 'trace-shapes';
import type { Env } from '../app/app-env.ts';
import { createAppLog, type LogLine } from '../app/app-log.ts';
import { crashBehind } from '../app/crash-behind.ts';
import { startApp } from '../app/start-app.ts';
import type { DatabaseServer } from '../database/database-server.ts';
import type { Keeper } from '../keeper/open-keeper.ts';
import { runStandardScenario, ScenarioCut } from '../scenario/standard-scenario.ts';
import type { Tree } from '../stages/tree.ts';
import type { CheckFinding, StageRun } from './check.ts';
import { explainCrash, explainFailure, explainTimeout } from './explain-failure.ts';
import { lendAttributes } from './lend-attributes.ts';
import { nameDatabase } from './name-database.ts';
import { runTrial } from './run-trial.ts';
import { tapWire } from './tap-wire.ts';

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
  /** Whether the worker, which has to run then, is given jobs and restarted. */
  readonly drivesJobs?: boolean;
  /** The programs that try out code of the bench by itself. */
  readonly trials?: readonly string[];
  readonly signal: AbortSignal;
  readonly onProgress?: (what: string) => void;
  readonly onTelemetry?: (arrived: Telemetry) => void;
  readonly onLine?: (line: LogLine) => void;
  /** How long the whole scenario may take, and starting if that is more than its usual 15 s; 30 s unless said otherwise. */
  readonly deadlineMs?: number;
};

/** A run to judge, or the one reason why there is none. */
export type RunResult =
  | { readonly ok: true; readonly run: StageRun }
  | { readonly ok: false; readonly finding: CheckFinding; readonly log: readonly LogLine[] };

/**
 * Runs one copy of the app through the standard scenario and collects its spans: a fresh database, real processes, real
 * OTLP; then SIGTERM, whose exit is the barrier. When nothing came, it runs once more as a control, with spans sent at
 * once and the SDK talking, so that lost spans can be told from none.
 */
export async function runStage(bay: Bay, plan: RunPlan): Promise<RunResult> {
  const result = await runOnce(bay, plan, HOLD_SPANS);
  if (!result.ok || result.run.telemetry.spans.length > 0) return result;
  plan.onProgress?.('no spans came: running once more to find out why');
  const control = await runOnce(bay, plan, SEND_AT_ONCE);
  return control.ok ? { ok: true, run: { ...result.run, control: control.run } } : control;
}

/** A run that went wrong because the database went away says nothing about the app. */
async function runOnce(bay: Bay, plan: RunPlan, env: Env): Promise<RunResult> {
  const before = await bay.server.incarnation();
  try {
    const result = await runAndCleanUp(bay, plan, env);
    if (result.ok && result.run.facts.broken.length === 0) return result;
    if ((await bay.server.incarnation()) === before) return result;
  } catch (error) {
    plan.signal.throwIfAborted();
    if ((await bay.server.incarnation()) === before) throw error;
  }
  plan.onProgress?.('Postgres ended in the middle of the run: running once more');
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
  const { dir, dirName, processes, signal, deadlineMs = 30_000 } = plan;
  const log = createAppLog();
  if (plan.onLine) log.onLine(plan.onLine);
  plan.onProgress?.(`starting ${processes.join(', ')}`);
  const database = held.use(await bay.server.cloneDatabase({ sql: bay.sql }));
  const receiver = held.use(await startReceiver({ ...(plan.onTelemetry && { onTelemetry: plan.onTelemetry }) }));
  const tap = held.use(await tapWire());
  const start = await startApp({
    ...bay,
    dir,
    processes,
    env: { ...env, PAYMENTS_URL: tap.url },
    log,
    signal,
    databaseUrl: database.url,
    otlpEndpoint: receiver.endpoint,
    startDeadlineMs: Math.max(15_000, plan.deadlineMs ?? 0),
  });
  if (!start.ok) return { ok: false, finding: explainFailure(start.failure, dirName), log: log.lines() };
  await using app = start.app;
  tap.passOnTo(app.urls.payments as string);

  plan.onProgress?.('driving the scenario');
  const trials = Promise.all(
    (plan.trials ?? []).map(async (program) => [program, await runTrial({ ...bay, program, dir, signal })] as const),
  );
  held.defer(async () => void (await trials));
  const deadline = AbortSignal.timeout(deadlineMs);
  const scenario = {
    shopUrl: app.urls.shop as string,
    databaseUrl: database.url,
    hasWorker: processes.includes('worker'),
    jobsFor: plan.drivesJobs
      ? { restart: (whileAway: () => Promise<void>) => app.restart('worker', whileAway) }
      : undefined,
    signal: AbortSignal.any([signal, app.crashed, deadline]),
  };
  const facts = await runStandardScenario(scenario).catch(async (error: unknown): Promise<CheckFinding> => {
    try {
      signal.throwIfAborted();
      const unanswered = error instanceof ScenarioCut ? error.unanswered : [];
      if (deadline.aborted) return explainTimeout(deadlineMs, unanswered, await app.busy());
      return explainCrash(await crashBehind(app.crashed, error), dir, dirName);
    } finally {
      // Nothing that it still wants to send will be judged.
      await app.stop({ graceMs: 500 });
    }
  });
  if ('code' in facts) return { ok: false, finding: facts, log: log.lines() };

  // Spans that are sent at once are still on their way; those that are held come with the exit.
  if (receiver.telemetry.spans.length > 0 || env === SEND_AT_ONCE)
    await waitUntilQuiet(receiver, { quietMs: 60, deadlineMs: 2_000, signal });
  const stops = await app.stop();
  const tried = new Map(await trials);
  const { evidence } = receiver;
  const telemetry = { ...receiver.telemetry, spans: nameDatabase(receiver.telemetry.spans, database.url) };
  const traces = buildTraces(lendAttributes(telemetry.spans));
  return {
    ok: true,
    run: {
      facts,
      telemetry,
      traces,
      evidence,
      wire: tap.seen,
      trials: tried,
      log: log.lines(),
      stops,
      bench: plan.bench,
      control: undefined,
    },
  };
}

/** Longer than any scenario: whatever a batch processor holds must come by the app's own doing. */
const HOLD_SPANS: Env = { OTEL_BSP_SCHEDULE_DELAY: '60000' };
const SEND_AT_ONCE: Env = { OTEL_BSP_SCHEDULE_DELAY: '10', OTEL_LOG_LEVEL: 'debug' };

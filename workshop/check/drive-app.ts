import { startReceiver, type Telemetry, waitUntilQuiet } from 'trace-shapes';
import type { Env } from '../app/app-env.ts';
import { createAppLog } from '../app/app-log.ts';
import { crashBehind } from '../app/crash-behind.ts';
import { patientFor, USUAL_DEADLINE_MS } from '../app/patient-for.ts';
import type { RunningApp } from '../app/running-app.ts';
import { signalEnv } from '../app/signals.ts';
import { startApp } from '../app/start-app.ts';
import { ScenarioCut } from '../scenario/standard-scenario.ts';
import type { CheckFinding, StageRun } from './check.ts';
import { explainCrash, explainFailure, explainTimeout } from './explain-failure.ts';
import { nameDatabase } from './name-database.ts';
import type { Bay, RunFailure, RunPlan } from './run-stage.ts';
import { openSlowLine } from './slow-line.ts';
import { tapWire } from './tap-wire.ts';

/** One start of the app: what is set for it, and what is done to it. */
export type AppDrive<Seen> = {
  /** Wins over what the Procfile sets. */
  readonly env: Env;
  /** How far away the database is, in milliseconds for a question and its answer; not at all unless said. */
  readonly roundTripMs?: number;
  /** How long the driving may take, where that is more than the plan says. */
  readonly deadlineMs?: number;
  readonly drive: (driven: DrivenApp) => Promise<Seen>;
};

/** The app while it is driven; the signal ends the driving when the app crashes or the time is up. */
export type DrivenApp = { readonly app: RunningApp; readonly databaseUrl: string; readonly signal: AbortSignal };

/** What one start of the app left behind. */
export type DrivenRun<Seen> = Pick<StageRun, 'telemetry' | 'evidence' | 'wire' | 'log' | 'stops'> & {
  readonly seen: Seen;
};

/** A run, or the one reason why there is none. */
export type DriveResult<Seen> = { readonly ok: true; readonly run: DrivenRun<Seen> } | RunFailure;

/**
 * Starts the plan's processes on a fresh database, drives them, and stops them by SIGTERM, whose exit is the barrier:
 * everything that they will ever send has come. What it opens is closed with `held`.
 */
export async function driveApp<Seen>(
  held: AsyncDisposableStack,
  bay: Bay,
  plan: RunPlan,
  { env, drive, ...more }: AppDrive<Seen>,
): Promise<DriveResult<Seen>> {
  const { dir, dirName, processes, signal } = plan;
  const patienceMs = plan.deadlineMs ?? patientFor(USUAL_DEADLINE_MS);
  const deadlineMs = Math.max(patienceMs, more.deadlineMs ?? 0);
  const log = createAppLog();
  if (plan.onLine) log.onLine(plan.onLine);
  plan.onProgress?.(`starting ${processes.join(', ')}`);
  const database = held.use(await bay.server.cloneDatabase({ sql: bay.sql }));
  const receiver = held.use(await startReceiver({ ...(plan.onTelemetry && { onTelemetry: plan.onTelemetry }) }));
  const tap = held.use(await tapWire());
  const line = more.roundTripMs ? held.use(await openSlowLine(database.url, more.roundTripMs)) : database;
  const start = await startApp({
    ...bay,
    dir,
    processes,
    env: { ...signalEnv(plan.signals), ...env, PAYMENTS_URL: tap.url },
    log,
    signal,
    databaseUrl: line.url,
    otlpEndpoint: receiver.endpoint,
    startDeadlineMs: patienceMs,
  });
  if (!start.ok) return { ok: false, finding: explainFailure(start.failure, dirName), log: log.lines() };
  await using app = start.app;
  tap.passOnTo(app.urls.payments as string);

  plan.onProgress?.('driving the scenario');
  const outcome = await driveOrExplain(app, { ...plan, deadlineMs }, (whileRunning) =>
    drive({ app, databaseUrl: database.url, signal: whileRunning }),
  );
  if ('finding' in outcome) return { ok: false, finding: outcome.finding, log: log.lines() };

  // Spans that are sent at once are still on their way. Those that are held come with the exit: of a full batch, which
  // does not wait for it, the parents may be held.
  const sendsAtOnce = env.OTEL_BSP_SCHEDULE_DELAY === AT_ONCE_MS;
  if (receiver.telemetry.spans.length > 0 || sendsAtOnce)
    await waitUntilQuiet(receiver, { quietMs: 60, deadlineMs: 2_000, parents: sendsAtOnce, signal });
  const stops = await app.stop();
  const { evidence } = receiver;
  const telemetry: Telemetry = {
    ...receiver.telemetry,
    spans: nameDatabase(receiver.telemetry.spans, database.url),
  };
  return { ok: true, run: { ...outcome, telemetry, evidence, wire: tap.seen, log: log.lines(), stops } };
}

type Outcome<Seen> = { readonly seen: Seen } | { readonly finding: CheckFinding };

/** A drive that does not come to its end is explained by the app, or by the time that it took. */
async function driveOrExplain<Seen>(
  app: RunningApp,
  { dir, dirName, signal, deadlineMs }: RunPlan & { readonly deadlineMs: number },
  drive: (signal: AbortSignal) => Promise<Seen>,
): Promise<Outcome<Seen>> {
  const deadline = AbortSignal.timeout(deadlineMs);
  try {
    return { seen: await drive(AbortSignal.any([signal, app.crashed, deadline])) };
  } catch (error) {
    // Nothing that it still wants to send will be judged.
    await using stopping = new AsyncDisposableStack();
    stopping.defer(async () => void (await app.stop({ graceMs: 500 })));
    signal.throwIfAborted();
    const unanswered = error instanceof ScenarioCut ? error.unanswered : [];
    if (deadline.aborted) return { finding: explainTimeout(deadlineMs, unanswered, await app.busy()) };
    return { finding: explainCrash(await crashBehind(app.crashed, error), dir, dirName) };
  }
}

const AT_ONCE_MS = '10';

/** Longer than any scenario: whatever a batch processor holds must come by the app's own doing. */
export const HOLD_SPANS: Env = { OTEL_BSP_SCHEDULE_DELAY: '60000', OTEL_BLRP_SCHEDULE_DELAY: '60000' };

/** Spans and logs are sent at once, and the SDK talks. */
export const SEND_AT_ONCE: Env = {
  OTEL_BSP_SCHEDULE_DELAY: AT_ONCE_MS,
  OTEL_BLRP_SCHEDULE_DELAY: AT_ONCE_MS,
  OTEL_LOG_LEVEL: 'debug',
};

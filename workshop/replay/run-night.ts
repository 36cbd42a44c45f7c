import { startReceiver, type Telemetry, waitUntilQuiet } from 'trace-shapes';
import { createAppLog, type LogLine } from '../app/app-log.ts';
import { crashBehind } from '../app/crash-behind.ts';
import { KEEP_ALL } from '../app/signals.ts';
import type { CheckFinding } from '../check/check.ts';
import { findingOf } from '../check/define-check.ts';
import { explainCrash, explainTimeout } from '../check/explain-failure.ts';
import { nameDatabase } from '../check/name-database.ts';
import type { Bay } from '../check/run-stage.ts';
import { startWholeApp } from '../check/start-whole-app.ts';
import { type CauseName, NightSpoiled } from '../scenario/causes/cause.ts';
import { slowGatewayEnv } from '../scenario/causes/payments.ts';
import { type NightFacts, replayLastNight } from '../scenario/last-night.ts';
import { openPool } from '../scenario/open-pool.ts';
import { shopUrls } from '../scenario/running-shop.ts';
import { waitForRows } from '../scenario/wait-for-rows.ts';
import type { Signal } from '../stages/define-stage.ts';
import { countNight } from './count-night.ts';

/** Which copy of the app relives the night. */
export type NightPlan = {
  readonly dir: string;
  /** How the learner calls that folder. */
  readonly dirName: string;
  readonly signals: readonly Signal[];
  /** What is behind it; what it was last night, unless said otherwise. */
  readonly cause?: CauseName;
  readonly signal: AbortSignal;
  /** Hears what is happening now, about once a second. */
  readonly onProgress: (what: string) => void;
};

/** What a replayed night left behind. */
export type NightRun = {
  readonly facts: NightFacts;
  readonly telemetry: Telemetry;
  readonly log: readonly LogLine[];
};

/** A night, or the one reason why there was none. */
export type NightResult =
  | { readonly ok: true; readonly run: NightRun }
  | { readonly ok: false; readonly finding: CheckFinding; readonly log: readonly LogLine[] };

/** Replays last night on one copy of the app: all of its processes, a fresh database, real OTLP. Takes ten seconds. */
export async function runNight(bay: Bay, plan: NightPlan): Promise<NightResult> {
  const { dir, dirName, signals, cause = 'nightly-report', signal, onProgress } = plan;
  const log = createAppLog();
  onProgress('starting the shop as it was last night');
  await using database = await bay.server.cloneDatabase({ sql: bay.sql });
  await using receiver = await startReceiver();
  const { url: databaseUrl } = database;
  const start = await startWholeApp(bay, {
    dir,
    dirName,
    databaseUrl,
    log,
    signal,
    otlpEndpoint: receiver.endpoint,
    signals,
    env: { ...KEEP_ALL, ...(cause === 'payments' && slowGatewayEnv) },
  });
  if (!start.ok) return { ok: false, finding: start.finding, log: log.lines() };
  await using app = start.app;
  using _counting = countNight(log, onProgress);

  const deadline = AbortSignal.timeout(DEADLINE_MS);
  const over = AbortSignal.any([signal, app.crashed, deadline]);
  const shop = { urls: shopUrls(app.urls), databaseUrl };
  const facts = await replayLastNight(shop, { cause, signal: over, onProgress }).catch(async (error: unknown) => {
    signal.throwIfAborted();
    if (deadline.aborted) return explainTimeout(DEADLINE_MS, []);
    if (error instanceof NightSpoiled) return explainSpoiled(error);
    return explainCrash(await crashBehind(app.crashed, error), dir, dirName);
  });
  if ('code' in facts) return { ok: false, finding: facts, log: log.lines() };

  onProgress('the night is over, waiting for the last spans');
  await waitForWorkAfterAnswer(databaseUrl, facts, signal);
  await waitUntilQuiet(receiver, { quietMs: 300, deadlineMs: 3_000, signal });
  await app.stop();
  const { telemetry } = receiver;
  const spans = nameDatabase(telemetry.spans, databaseUrl);
  return { ok: true, run: { facts, telemetry: { ...telemetry, spans }, log: log.lines() } };
}

/** What the shop does for the hanging order after its answer belongs to its trace, too. */
async function waitForWorkAfterAnswer(databaseUrl: string, { hanging }: NightFacts, signal: AbortSignal) {
  if (hanging.orderId === undefined) return;
  await using database = openPool(databaseUrl);
  const sql = `select 1 from mails where kind = 'confirmation' and order_id = $1
    and exists (select from loyalty_ledger where order_id = $1)
    and exists (select from pick_list where order_id = $1)
    and exists (select from audit_log where order_id = $1)`;
  await waitForRows(database, { sql, values: [hanging.orderId], deadlineMs: 3_000, signal });
}

function explainSpoiled({ message }: NightSpoiled): CheckFinding {
  return findingOf({
    code: 'behaviour-changed',
    message,
    hint: 'It is handed out with stage 09. `npm run diff` shows what became of `worker/main.ts`; `npm run reset` hands it out again.',
  });
}

const DEADLINE_MS = 60_000;

import { type Receiver, startReceiver, type Telemetry } from 'trace-shapes';
import type { Env } from '../app/app-env.ts';
import { createAppLog, type LogLine } from '../app/app-log.ts';
import type { Crash, RunningApp } from '../app/running-app.ts';
import type { CheckFinding } from '../check/check.ts';
import type { Bay } from '../check/run-stage.ts';
import { startWholeApp } from '../check/start-whole-app.ts';
import type { RunDatabase } from '../database/database-server.ts';
import { type RunningShop, shopUrls } from '../scenario/running-shop.ts';
import type { Signal } from '../stages/define-stage.ts';

/** The bench's app while somebody looks at it: started again and again, with one receiver and one log. */
export type LiveApp = AsyncDisposable & {
  readonly receiver: Receiver;
  /** `undefined` while it does not run. */
  readonly shop: RunningShop | undefined;
  /** What was printed since the last fresh start. */
  readonly lines: () => readonly LogLine[];
  /** Starts it, or starts it again; a fresh one has the database as it was seeded, and forgets what has come. */
  readonly start: (how: 'fresh' | 'again') => Promise<CheckFinding | undefined>;
  /** Resolves when it has ended, and with it everything that it sends. */
  readonly stop: () => Promise<void>;
};

/** Which copy of the app to run, and who hears of what it does by itself. */
export type LiveAppPlan = {
  readonly dir: string;
  readonly dirName: string;
  readonly signals: readonly Signal[];
  readonly signal: AbortSignal;
  /** What the processes find in their environment beside what they all find there. */
  readonly env?: Env;
  readonly onCrash: (crash: Crash) => void;
  readonly onTelemetry: (arrived: Telemetry) => void;
};

/** Opens what the app needs; it does not run yet. */
export async function openLiveApp(bay: Bay, plan: LiveAppPlan): Promise<LiveApp> {
  const receiver = await startReceiver({ maxKept: MOST_KEPT, onTelemetry: plan.onTelemetry });
  const log = createAppLog();
  let freshSinceMs = 0;
  let database: RunDatabase | undefined;
  let app: RunningApp | undefined;
  let shop: RunningShop | undefined;
  let formerUrls: RunningShop['urls'] | undefined;

  async function stop(): Promise<void> {
    shop = undefined;
    await app?.stop();
    app = undefined;
  }

  async function start(how: 'fresh' | 'again'): Promise<CheckFinding | undefined> {
    await stop();
    if (how === 'fresh') await forget();
    database ??= await bay.server.cloneDatabase({ sql: bay.sql });
    const { url: databaseUrl } = database;
    const otlpEndpoint = receiver.endpoint;
    const started = await startWholeApp(bay, { ...plan, databaseUrl, otlpEndpoint, log, formerUrls });
    if (!started.ok) return started.finding;
    watch(started.app);
    formerUrls = shopUrls(started.app.urls);
    shop = { urls: formerUrls, databaseUrl };
    return undefined;
  }

  async function forget(): Promise<void> {
    await database?.[Symbol.asyncDispose]();
    database = undefined;
    receiver.clear();
    freshSinceMs = Date.now();
  }

  function watch(running: RunningApp): void {
    app = running;
    const onCrash = () => {
      const [crash] = running.crashes;
      if (crash && app === running) plan.onCrash(crash);
    };
    running.crashed.addEventListener('abort', onCrash, { once: true });
    if (running.crashed.aborted) onCrash();
  }

  return {
    receiver,
    get shop() {
      return shop;
    },
    lines: () => log.lines().filter(({ atMs }) => atMs >= freshSinceMs),
    start,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      await receiver[Symbol.asyncDispose]();
      await database?.[Symbol.asyncDispose]();
    },
  };
}

/** All of it is written again and again for whoever looks from another terminal. */
const MOST_KEPT = 20_000;

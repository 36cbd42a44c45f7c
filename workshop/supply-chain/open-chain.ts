import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Span, startReceiver } from 'trace-shapes';
import type { AppLog } from '../app/app-log.ts';
import { crashBehind } from '../app/crash-behind.ts';
import { KEEP_ALL } from '../app/signals.ts';
import { startApp } from '../app/start-app.ts';
import type { CheckFinding } from '../check/check.ts';
import { explainCrash, explainFailure } from '../check/explain-failure.ts';
import type { Bay } from '../check/run-stage.ts';
import type { ChainChange } from './chain-change.ts';
import { driveChain, type Traffic, type Visit } from './drive-chain.ts';
import { CHANGE_VARIABLE, type ChainService, ENTRY, readTopology } from './topology.ts';
import { spansOf, waitUntilTold } from './wait-until-told.ts';

/** The twelve services, running, and whatever is changed about them. */
export type Chain = AsyncDisposable & {
  readonly services: readonly ChainService[];
  /** Changes one thing, or with `undefined` takes the change back; a version comes and goes with a start of its service. */
  readonly change: (change: ChainChange | undefined) => Promise<void>;
  /** Drives traffic; what came of it arrives later. */
  readonly drive: (traffic: Omit<Traffic, 'tenant'>) => Promise<Drive>;
  /** Waits until the spans of these drives have come: a batch may be sent only every five seconds. */
  readonly collect: (drives: readonly Drive[]) => Promise<readonly Window[]>;
  /** Forgets the spans that have come. */
  readonly forget: () => void;
  /** Stops the services, whose exit is the barrier, and gives these drives with their spans: no batch is waited for. */
  readonly end: (drives: readonly Drive[]) => Promise<readonly Window[]>;
  /** Says as a finding why a drive or a change was cut short: a service that ended. Throws what has another reason. */
  readonly explain: (error: unknown) => Promise<CheckFinding>;
  readonly log: AppLog;
};

/** Some visits, and when they were; in nanoseconds since the epoch. */
export type Drive = {
  readonly visits: readonly Visit[];
  readonly fromUnixNano: bigint;
  readonly toUnixNano: bigint;
};

/** Some visits and their spans. */
export type Window = { readonly visits: readonly Visit[]; readonly spans: readonly Span[] };

export type ChainStart =
  | { readonly ok: true; readonly chain: Chain }
  | { readonly ok: false; readonly finding: CheckFinding; readonly log: AppLog };

/** Which bench, and a folder for the file of changes. */
export type ChainPlan = {
  readonly dir: string;
  readonly dirName: string;
  readonly workDir: string;
  /** How many visits a service that was started anew for a change gets before anything is recorded; 60 unless said otherwise. */
  readonly toWarmUp?: number;
  /** How long starting may take, where that is more than usual. */
  readonly deadlineMs?: number | undefined;
  readonly signal: AbortSignal;
};

/** Starts the twelve services of a bench, once for many changes. */
export async function openChain(
  bay: Bay,
  { dir, dirName, workDir, toWarmUp = 60, deadlineMs = 0, signal }: ChainPlan,
): Promise<ChainStart> {
  await using opening = new AsyncDisposableStack();
  const services = await readTopology(dir);
  const changeFile = join(workDir, 'change.json');
  await writeFile(changeFile, JSON.stringify(NOTHING));
  const receiver = opening.use(await startReceiver());
  const start = await startApp({
    ...bay,
    dir,
    processes: services.map(({ name }) => name),
    databaseUrl: '',
    otlpEndpoint: receiver.endpoint,
    env: { ...KEEP_ALL, OTEL_BSP_SCHEDULE_DELAY: '300', [CHANGE_VARIABLE]: changeFile },
    signal,
    startDeadlineMs: Math.max(START_DEADLINE_MS, deadlineMs),
  });
  if (!start.ok) return { ok: false, finding: explainFailure(start.failure, dirName), log: start.log };
  const app = opening.use(start.app);
  const opened = opening.move();
  const running = AbortSignal.any([signal, app.crashed]);
  const entrance = {
    urlOf: (skein: string) => `${app.urls[ENTRY]}${services[0]?.serves.replace(':skein', skein)}`,
    tenants: services.map(({ dearTenant }) => dearTenant),
  };
  let current: ChainChange | undefined;

  async function change(next: ChainChange | undefined): Promise<void> {
    const deployed = [current, next].flatMap((one) => (one?.kind === 'deploy' ? one.service : []));
    current = next;
    await writeFile(changeFile, JSON.stringify(next?.overlay ?? NOTHING));
    for (const service of new Set(deployed)) await app.restart(service);
    // A service that has just been started is slow at first, and whoever talks to it has to connect again.
    if (deployed.length > 0) await warmUp();
  }

  async function warmUp(): Promise<void> {
    await driveChain(entrance, { requests: toWarmUp, seed: 0 }, running);
  }

  async function drive(traffic: Omit<Traffic, 'tenant'>): Promise<Drive> {
    const fromUnixNano = unixNano();
    const visits = await driveChain(entrance, { ...traffic, tenant: current?.tenant }, running);
    return { visits, fromUnixNano, toUnixNano: unixNano() };
  }

  async function collect(drives: readonly Drive[]): Promise<readonly Window[]> {
    await waitUntilTold(receiver, drives, running);
    return windowsOf(drives);
  }

  async function end(drives: readonly Drive[]): Promise<readonly Window[]> {
    running.throwIfAborted();
    await app.stop();
    return windowsOf(drives);
  }

  function windowsOf(drives: readonly Drive[]): readonly Window[] {
    const { spans } = receiver.telemetry;
    return drives.map((one) => ({ visits: one.visits, spans: spansOf(one, spans) }));
  }

  return {
    ok: true,
    chain: {
      services,
      change,
      drive,
      collect,
      forget: () => receiver.clear(),
      end,
      explain: async (error) => explainCrash(await crashBehind(app.crashed, error), dir, dirName),
      log: app.log,
      [Symbol.asyncDispose]: () => opened.disposeAsync(),
    },
  };
}

function unixNano(): bigint {
  return BigInt(Date.now()) * 1_000_000n;
}

const NOTHING = { services: {} };

/** Twelve at once, on a laptop that has two cores and something else to do. */
const START_DEADLINE_MS = 60_000;

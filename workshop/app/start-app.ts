import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePorts } from 'trace-shapes';
import type { Keeper } from '../keeper/open-keeper.ts';
import { type AppSurroundings, type Env, envOf } from './app-env.ts';
import type { AppFailure, ProcessFailure } from './app-failure.ts';
import { type AppLog, createAppLog } from './app-log.ts';
import { type StopStyle, stopStyleHere } from './ask-to-stop.ts';
import { type ProcfileEntry, parseProcfile } from './parse-procfile.ts';
import { USUAL_DEADLINE_MS } from './patient-for.ts';
import { type RunningApp, runningApp } from './running-app.ts';
import { settlesWithin } from './settles-within.ts';
import { expandVariables } from './split-words.ts';
import { type AppProcess, type ProcessPlan, startProcess } from './start-process.ts';
import { waitUntilHealthy } from './wait-until-healthy.ts';

/** What it takes to start an app. */
export type AppOptions = {
  /** The app's folder, with its Procfile. */
  readonly dir: string;
  /** The Procfile's entries to start. */
  readonly processes: readonly string[];
  readonly databaseUrl: string;
  readonly otlpEndpoint: string;
  /** Wins over everything else that the processes find in their environment. */
  readonly env?: Env;
  /** What of our own environment the app may see. */
  readonly baseEnv: Env;
  /** The Node that `node` means. */
  readonly nodePath: string;
  readonly keeper: Keeper;
  readonly signal?: AbortSignal;
  /** How long a process may take until it is healthy; `USUAL_DEADLINE_MS` unless said otherwise. */
  readonly startDeadlineMs?: number;
  readonly stopStyle?: StopStyle;
  /** Where the processes were the last time: they are started there again if nobody else is there by now. */
  readonly formerUrls?: Readonly<Record<string, string>> | undefined;
  /** A log to write to instead of a new one, for somebody who listens from the first line on. */
  readonly log?: ReturnType<typeof createAppLog>;
};

/** An app that does not start is no exception, it is what a finding is made of. */
export type AppStart =
  | { readonly ok: true; readonly app: RunningApp }
  | { readonly ok: false; readonly failure: AppFailure; readonly log: AppLog };

/**
 * Starts some processes of an app, all at once, and waits until each is healthy. When one is not, none is left running.
 * @example
 * const start = await startApp({ dir: 'workbench', processes: ['shop'], … });
 * if (!start.ok) return findingOf(start.failure);
 * await using app = start.app;
 * await fetch(`${app.urls.shop}/yarns`);
 */
export async function startApp(options: AppOptions): Promise<AppStart> {
  const { dir, processes, signal = new AbortController().signal } = options;
  signal.throwIfAborted();
  const log = options.log ?? createAppLog();
  const entries = await readEntries(dir, processes);
  if ('kind' in entries) return { ok: false, failure: entries, log };
  const ports = await assignPorts(entries.all, options.formerUrls);
  const first = await startOn(ports, entries.wanted, { ...options, log, signal });
  // Between finding a port and listening on it, somebody else may have taken it.
  if (first.ok || !lostItsPort(first.failure)) return first;
  return startOn(await assignPorts(entries.all), entries.wanted, { ...options, log, signal });
}

type Entries = { readonly all: readonly ProcfileEntry[]; readonly wanted: readonly ProcfileEntry[] };

async function readEntries(dir: string, wanted: readonly string[]): Promise<Entries | AppFailure> {
  const file = join(dir, 'Procfile');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return { kind: 'no-procfile', file };
  const { entries, mistake } = parseProcfile(text);
  if (mistake) return { kind: 'bad-procfile', file, ...mistake };
  const known = new Map(entries.map((entry) => [entry.name, entry]));
  const unknown = wanted.find((name) => !known.has(name));
  if (unknown !== undefined) return { kind: 'unknown-process', process: unknown, known: [...known.keys()] };
  return { all: entries, wanted: wanted.flatMap((name) => known.get(name) ?? []) };
}

async function assignPorts(
  entries: readonly ProcfileEntry[],
  formerUrls: AppOptions['formerUrls'] = {},
): Promise<ReadonlyMap<string, number>> {
  const free = await findFreePorts(entries.length);
  const former = (name: string) => Number(new URL(formerUrls[name] ?? 'http://unknown').port) || undefined;
  return new Map(entries.map(({ name }, index) => [name, former(name) ?? (free[index] as number)]));
}

type ReadyOptions = AppOptions & { readonly log: ReturnType<typeof createAppLog>; readonly signal: AbortSignal };

async function startOn(
  ports: ReadonlyMap<string, number>,
  wanted: readonly ProcfileEntry[],
  options: ReadyOptions,
): Promise<AppStart> {
  const { dir, log, keeper, signal, startDeadlineMs: deadlineMs = USUAL_DEADLINE_MS } = options;
  const surroundings = { ...options, ports, compileCacheDir: join(keeper.stateDir, 'compile-cache') };
  const plans = wanted.map((entry) => planOf(entry, surroundings, options));
  await using starting = new AsyncDisposableStack();
  const started = plans.map((plan) => {
    const process = startProcess(plan, log, keeper);
    starting.defer(async () => void (await process.stop(0)));
    return process;
  });
  const failure = await firstFailure(
    started.map((process) => waitUntilHealthy(process, { dir, log, deadlineMs, signal })),
  );
  if (failure) return { ok: false, failure, log };
  starting.move();
  const startAgain = ({ name }: AppProcess) => {
    const process = startProcess(plans.find((plan) => plan.name === name) as ProcessPlan, log, keeper);
    return { process, settled: waitUntilHealthy(process, { dir, log, deadlineMs, signal }) };
  };
  return { ok: true, app: runningApp({ processes: started, ports, log, startAgain }) };
}

function planOf(entry: ProcfileEntry, surroundings: AppSurroundings, options: ReadyOptions): ProcessPlan {
  const { dir, nodePath, stopStyle = stopStyleHere } = options;
  const env = { ...envOf(entry.name, surroundings), ...entry.env, ...options.env };
  const [command, ...args] = entry.words.map((word) => expandVariables(word, env));
  const port = surroundings.ports.get(entry.name) as number;
  return {
    name: entry.name,
    port,
    words: [command === 'node' ? nodePath : (command as string), ...args],
    env,
    dir,
    stopStyle,
  };
}

/**
 * When a file that all processes share is broken, all of them fail at about the same time.
 * So that the same mistake gives the same failure each time, the others may speak before the first in order is taken.
 */
async function firstFailure(
  healths: readonly Promise<ProcessFailure | undefined>[],
): Promise<ProcessFailure | undefined> {
  const failures: (ProcessFailure | undefined)[] = healths.map(() => undefined);
  const all = Promise.all(
    healths.map(async (health, index) => {
      failures[index] = await health;
    }),
  );
  const any = Promise.withResolvers<void>();
  for (const health of healths)
    void health.then(
      (failure) => failure && any.resolve(),
      () => {},
    );
  await Promise.race([all, any.promise]);
  if (failures.some(Boolean)) await settlesWithin(all, 500);
  return failures.find(Boolean);
}

/** An app of Express 5 stays when it could not listen: then it is one of our receivers that answers there. */
function lostItsPort(failure: AppFailure): boolean {
  if (failure.kind === 'unhealthy') return failure.body.includes('Nothing is at `/healthz`');
  return failure.kind === 'exited' && failure.lastLines.some((line) => line.includes('EADDRINUSE'));
}

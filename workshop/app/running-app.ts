import { setTimeout as delay } from 'node:timers/promises';
import { urlsOf } from './app-env.ts';
import type { Exit } from './app-failure.ts';
import type { AppLog } from './app-log.ts';
import { neverRests } from './never-rests.ts';
import { patientFor } from './patient-for.ts';
import type { AppProcess, ProcessStop } from './start-process.ts';

/** An app all of whose processes were healthy. */
export type RunningApp = {
  /** Where each entry of the Procfile is; nobody listens at those that were not started. */
  readonly urls: Readonly<Record<string, string>>;
  readonly log: AppLog;
  /** Processes that ended though nobody asked them to. */
  readonly crashes: readonly Crash[];
  /** Aborted with an `AppCrashed` as soon as the first process ends unasked, so that nobody waits for it any longer. */
  readonly crashed: AbortSignal;
  /** The processes that never rest, as far as the system tells; asking takes a moment. */
  busy(): Promise<readonly string[]>;
  /**
   * Stops one process, as a deploy does, does something while it is away, and starts it again where it was. It counts as
   * crashed if it does not come back.
   */
  restart(name: string, whileAway?: () => Promise<void>): Promise<void>;
  /** Asks every process to stop, waits until it has ended, and forces those that have not after the grace. */
  stop(options?: { readonly graceMs?: number }): Promise<readonly ProcessStop[]>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** A process that ended unasked, and the last that it printed. */
export type Crash = Exit & { readonly process: string; readonly lastLines: readonly string[] };

/** The reason of `RunningApp.crashed`. */
export class AppCrashed extends Error {
  override readonly name = 'AppCrashed';
  readonly crash: Crash;

  constructor(crash: Crash) {
    const how = crash.signal ? `by ${crash.signal}` : `with code ${crash.code}`;
    super(
      `\`${crash.process}\` ended ${how} while it was needed. It last printed: ${crash.lastLines.at(-1) ?? 'nothing'}`,
    );
    this.crash = crash;
  }
}

/** Watches over healthy processes. */
export function runningApp(parts: {
  readonly processes: readonly AppProcess[];
  readonly ports: ReadonlyMap<string, number>;
  readonly log: AppLog;
  /** Starts a process again and resolves when it is healthy, or has failed to become so. */
  readonly startAgain: (process: AppProcess) => { readonly process: AppProcess; readonly settled: Promise<unknown> };
}): RunningApp {
  const { ports, log, startAgain } = parts;
  const processes = [...parts.processes];
  const asked = new Set<AppProcess>();
  const stopsBefore: ProcessStop[] = [];
  const crashed = new AbortController();
  const crashes: Crash[] = [];
  let stopping: Promise<readonly ProcessStop[]> | undefined;
  for (const process of processes) void watch(process);

  async function watch(process: AppProcess): Promise<void> {
    const exit = await process.exited;
    if (stopping || asked.has(process)) return;
    await Promise.race([process.closed, delay(300, undefined, { ref: false })]);
    const crash = { process: process.name, ...exit, lastLines: log.lastLines(process.name, 60) };
    crashes.push(crash);
    crashed.abort(new AppCrashed(crash));
  }

  async function busy(): Promise<readonly string[]> {
    const found = await Promise.all(processes.map(async ({ name, pid }) => ({ name, isBusy: await neverRests(pid) })));
    return found.flatMap(({ name, isBusy }) => (isBusy ? [name] : []));
  }

  async function restart(name: string, whileAway = async () => {}): Promise<void> {
    const index = processes.findIndex((process) => process.name === name);
    const before = processes[index];
    if (!before) throw new Error(`No process is called \`${name}\`: there are ${processes.map((one) => one.name)}.`);
    asked.add(before);
    stopsBefore.push(await before.stop(patientFor(GRACE_MS)));
    await whileAway();
    if (stopping) return;
    const again = startAgain(before);
    processes[index] = again.process;
    void watch(again.process);
    await again.settled;
  }

  function stop({ graceMs = patientFor(GRACE_MS) } = {}): Promise<readonly ProcessStop[]> {
    stopping ??= Promise.all(processes.map((process) => process.stop(graceMs))).then((stops) => [
      ...stopsBefore,
      ...stops,
    ]);
    return stopping;
  }

  return {
    urls: urlsOf(ports),
    log,
    crashes,
    crashed: crashed.signal,
    busy,
    restart,
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}

const GRACE_MS = 5_000;

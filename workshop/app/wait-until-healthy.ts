import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessFailure } from './app-failure.ts';
import type { AppLog } from './app-log.ts';
import { askHealth, type HealthAnswer } from './ask-health.ts';
import { isComputing, listeningAddressesOf } from './group-facts.ts';
import { neverRests } from './never-rests.ts';
import { readFault } from './read-fault.ts';
import type { AppProcess } from './start-process.ts';

/** What waiting for health needs to know. */
export type HealthWait = {
  readonly dir: string;
  readonly log: AppLog;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
};

/** Waits until a process answers `GET /healthz` with 200; gives what it did instead when it does not. */
export async function waitUntilHealthy(process: AppProcess, wait: HealthWait): Promise<ProcessFailure | undefined> {
  const over = new AbortController();
  try {
    const signal = AbortSignal.any([over.signal, wait.signal]);
    return await Promise.race([failureByExit(process, wait), failureByAnswers(process, wait, signal)]);
  } finally {
    over.abort();
  }
}

async function failureByExit(process: AppProcess, { log, dir }: HealthWait): Promise<ProcessFailure> {
  const started = await process.started;
  const exit = await process.exited;
  // The last words may still be in the pipe; a child that lives on may hold it open for ever.
  await Promise.race([process.closed, delay(300, undefined, { ref: false })]);
  const lastLines = log.lastLines(process.name, shownLines);
  const common = { process: process.name, lastLines };
  if (started === 'not found') return { ...common, kind: 'command-not-found', command: process.command };
  const fault = readFault(log.lastLines(process.name, 200), dir);
  if (!fault || fault.kind === 'error' || exit.code === 0) return { ...common, kind: 'exited', ...exit, fault };
  return { ...common, ...fault };
}

async function failureByAnswers(
  process: AppProcess,
  wait: HealthWait,
  signal: AbortSignal,
): Promise<ProcessFailure | undefined> {
  const { port } = process;
  const startedAtMs = performance.now();
  const watch = watchGroup(process);
  let answeredAtMs: number | undefined;
  let heardOf: HealthAnswer = { kind: 'refused' };
  while (performance.now() - startedAtMs < wait.deadlineMs) {
    signal.throwIfAborted();
    const remainingMs = wait.deadlineMs - (performance.now() - startedAtMs);
    heardOf = await askHealth(port, remainingMs, signal);
    if (heardOf.kind === 'answered') {
      if (heardOf.status === 200) return undefined;
      answeredAtMs ??= performance.now();
      if (performance.now() - answeredAtMs > patienceMs) break;
    }
    if (heardOf.kind === 'refused' && watch.hasListenedElsewhereFor(patienceMs / 2)) break;
    await delay(pauseMs(performance.now() - startedAtMs), undefined, { signal });
  }
  signal.throwIfAborted();
  return explain(heardOf, process, wait, watch);
}

/** Each question takes processor time from those who start: who takes long is asked less often. */
function pauseMs(waitedMs: number): number {
  return Math.max(15, waitedMs / 20);
}

async function explain(
  answer: HealthAnswer,
  process: AppProcess,
  wait: HealthWait,
  watch: GroupWatch,
): Promise<ProcessFailure> {
  const common = { process: process.name, port: process.port, lastLines: wait.log.lastLines(process.name, shownLines) };
  if (answer.kind === 'answered') return { ...common, kind: 'unhealthy', status: answer.status, body: answer.body };
  const { deadlineMs } = wait;
  const listensOn = watch.listensOn();
  if (answer.kind === 'silent')
    return { ...common, kind: 'never-answered', deadlineMs, isBusy: await neverRests(process.pid) };
  if (listensOn.length > 0) return { ...common, kind: 'wrong-port', listensOn };
  return { ...common, kind: 'never-listened', deadlineMs, isBusy: await neverRests(process.pid) };
}

type GroupWatch = {
  listensOn(): readonly string[];
  hasListenedElsewhereFor(ms: number): boolean;
};

/**
 * Looks at a process from outside. A look reads the system's tables of processes and of sockets, in tens of milliseconds
 * where there are many: a process that still computes is not looked at, and no other for more than a tenth of the time.
 */
function watchGroup({ pid, port }: AppProcess): GroupWatch {
  let nextLookAtMs = performance.now() + patienceMs;
  let elsewhereSinceMs: number | undefined;
  const isWhereItShould = (address: string) =>
    ['127.0.0.1', '0.0.0.0', '[::]'].includes(address.replace(`:${port}`, ''));
  const listensOn = () =>
    pid === undefined ? [] : listeningAddressesOf(pid).filter((address) => !isWhereItShould(address));
  return {
    listensOn,
    hasListenedElsewhereFor(ms) {
      const lookedAtMs = performance.now();
      if (lookedAtMs < nextLookAtMs || pid === undefined || isComputing(pid)) return false;
      const isElsewhere = listensOn().length > 0;
      const tookMs = performance.now() - lookedAtMs;
      nextLookAtMs = performance.now() + Math.max(150, 9 * tookMs);
      if (isElsewhere) elsewhereSinceMs ??= lookedAtMs;
      else elsewhereSinceMs = undefined;
      return elsewhereSinceMs !== undefined && lookedAtMs - elsewhereSinceMs >= ms;
    },
  };
}

const shownLines = 20;
const patienceMs = 1_000;

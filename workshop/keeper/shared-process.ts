import { spawn } from 'node:child_process';
import { chownSync, closeSync, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { signalGroup } from './end-group.ts';
import type { RecordedShared } from './keeper-record.ts';
import { identifyProcess, isSameProcess } from './process-identity.ts';
import type { SharedProcessSpec } from './protocol.ts';

/** Starts a process of its own group that writes to a log file. */
export async function spawnShared(spec: SharedProcessSpec): Promise<RecordedShared> {
  const log = openSync(spec.logFile, 'w', 0o600);
  if (spec.account) chownSync(spec.logFile, spec.account.uid, spec.account.gid);
  const child = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    detached: true,
    windowsHide: true,
    stdio: ['ignore', log, log],
    ...spec.account,
  });
  closeSync(log);
  const failure = await new Promise<Error | undefined>((resolve) => {
    child.once('spawn', () => resolve(undefined)).once('error', resolve);
  });
  if (failure || child.pid === undefined) throw new Error(`Could not start \`${spec.command}\`: ${failure?.message}.`);
  child.unref();
  const identity = (await identifyProcess(child.pid)) ?? { pid: child.pid, started: 'already gone' };
  return { name: spec.name, stopSignal: spec.stopSignal, info: spec.info, pid: child.pid, identity };
}

/** Asks a shared process to stop, waits, and forces it when it does not. */
export async function stopShared(shared: RecordedShared): Promise<void> {
  if (!(await isSameProcess(shared.identity))) return;
  // Only the leader: a fast shutdown of Postgres signals its own children.
  if (process.platform === 'win32') signalGroup(shared.pid, 'SIGKILL');
  else process.kill(shared.pid, shared.stopSignal);
  if (await hasEnded(shared, 5_000)) return;
  signalGroup(shared.pid, 'SIGKILL');
  await hasEnded(shared, 2_000);
}

async function hasEnded(shared: RecordedShared, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    if (!(await isSameProcess(shared.identity))) return true;
    await delay(15);
  }
  return false;
}

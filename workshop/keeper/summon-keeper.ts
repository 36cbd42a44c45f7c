import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../stages/usage-error.ts';
import { connectToKeeper, type KeeperConnection } from './keeper-connection.ts';
import { readKeeperRecord } from './keeper-record.ts';

/** Connects to the folder's keeper, starting one when there is none; two that call at once get the same. */
export async function summonKeeper(stateDir: string, lease: string, signal?: AbortSignal): Promise<KeeperConnection> {
  mkdirSync(stateDir, { recursive: true });
  const deadline = performance.now() + deadlineMs;
  let keeper: ChildProcess | undefined;
  while (performance.now() < deadline) {
    signal?.throwIfAborted();
    const record = readKeeperRecord(stateDir);
    const connection = record && (await connectToKeeper(record, lease));
    if (connection) return connection;
    // One that found another keeper at work has ended again: that other one may be ending too.
    if (!keeper || keeper.exitCode !== null || keeper.signalCode !== null) keeper = spawnKeeper(stateDir);
    await delay(15);
  }
  throw new UsageError(
    `The keeper of \`${stateDir}\` did not answer within ${deadlineMs / 1000} s. It writes to \`${logFile(stateDir)}\`. ` +
      `If another workshop process hangs there, end it; deleting the folder starts afresh.`,
  );
}

function spawnKeeper(stateDir: string): ChildProcess {
  const log = openSync(logFile(stateDir), 'a', 0o600);
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', keeperProgram, stateDir], {
    cwd: tmpdir(),
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 'ignore', log],
  });
  closeSync(log);
  child.on('error', () => {});
  child.unref();
  return child;
}

function logFile(stateDir: string): string {
  return join(stateDir, 'keeper.log');
}

const deadlineMs = 15_000;
const keeperProgram = fileURLToPath(new URL('main.ts', import.meta.url));

import { randomBytes } from 'node:crypto';
import { holdKeeperLock } from './hold-keeper-lock.ts';
import { readKeeperRecord, removeKeeperRecord, writeKeeperRecord } from './keeper-record.ts';
import { type LeaseBook, openLeaseBook } from './lease-book.ts';
import { createNamedLocks } from './named-locks.ts';
import { isSameProcess } from './process-identity.ts';
import { type LeaseServer, serveLeases } from './serve-leases.ts';
import { openSharedProcesses } from './shared-processes.ts';

/** Keeps a folder's processes until the last lease on it is gone; returns at once when another keeper does so already. */
export async function runKeeper(stateDir: string): Promise<void> {
  if (!holdKeeperLock(stateDir)) return;
  const left = readKeeperRecord(stateDir);
  const token = randomBytes(24).toString('hex');
  const idle = Promise.withResolvers<void>();
  let port: number | undefined;
  const record = () => {
    if (port === undefined) return;
    writeKeeperRecord(stateDir, { pid: process.pid, port, token, leases: leases.list(), shared: shared.list() });
  };
  const shared = openSharedProcesses(left?.shared ?? [], record);
  const leases = await openLeaseBook(left?.leases ?? [], { change: record, empty: idle.resolve });
  const serving = await serveLeases(token, { leases, shared, locks: createNamedLocks() });
  port = serving.port;
  record();

  const watch = watchForTheDead(leases, serving, idle.resolve);
  await idle.promise;
  clearInterval(watch);
  serving.close();
  await shared.stopAll();
  removeKeeperRecord(stateDir);
}

/** Drops leases whose holders died while no keeper listened, and gives up when nobody ever takes one. */
function watchForTheDead(leases: LeaseBook, serving: LeaseServer, giveUp: () => void): NodeJS.Timeout {
  const firstLeaseDeadline = performance.now() + 10_000;
  return setInterval(async () => {
    for (const lease of leases.list()) {
      if (!serving.isConnected(lease.id) && !(await isSameProcess(lease.client))) await leases.drop(lease.id);
    }
    if (leases.list().length === 0 && performance.now() > firstLeaseDeadline) giveUp();
  }, 250);
}

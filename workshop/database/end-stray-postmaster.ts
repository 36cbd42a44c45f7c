import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { signalGroup } from '../keeper/end-group.ts';
import { commandLineOf, identifyProcess, isSameProcess } from '../keeper/process-identity.ts';

/** Makes a data directory startable after an unclean end: a postmaster that nobody leases is ended, a stale pid file removed. */
export async function endStrayPostmaster(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, 'postmaster.pid');
  const written = await readFile(pidFile, 'utf8').catch(() => undefined);
  if (written === undefined) return;
  const postmaster = await identifyProcess(Number.parseInt(written, 10));
  // The id may belong to any process by now, above all in a container, where ids are small.
  if (postmaster && (await commandLineOf(postmaster.pid)).includes(dataDir)) {
    signalGroup(postmaster.pid, 'SIGKILL');
    while (await isSameProcess(postmaster)) await delay(10);
  }
  await rm(pidFile, { force: true });
}

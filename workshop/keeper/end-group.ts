import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { identifyProcess, type ProcessIdentity, readProc, statFields } from './process-identity.ts';

/** The environment variable that marks every process which a workshop process starts with its lease. */
export const leaseVariable = 'WORKSHOP_LEASE';

/** Sends a signal to a process and all that it started; harmless when they are gone. */
export function signalGroup(leader: number, signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): void {
  if (process.platform === 'win32') {
    execFile('taskkill', ['/pid', String(leader), '/T', '/F'], { windowsHide: true }, () => {});
    return;
  }
  try {
    process.kill(-leader, signal);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** Kills a group that an earlier keeper wrote down, but never one whose ids were given to somebody else since. */
export async function killLeftGroup(leader: ProcessIdentity, lease: string): Promise<void> {
  const now = await identifyProcess(leader.pid);
  if (now?.started === leader.started) return signalGroup(leader.pid, 'SIGKILL');
  if (!now && process.platform === 'linux') killMarkedMembers(leader.pid, lease);
}

function killMarkedMembers(group: number, lease: string): void {
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || !isMember(pid, group, lease)) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
}

function isMember(pid: number, group: number, lease: string): boolean {
  const [, , groupOfPid] = statFields(readProc(pid, 'stat'));
  return Number(groupOfPid) === group && readProc(pid, 'environ').split('\0').includes(`${leaseVariable}=${lease}`);
}

function isGone(error: unknown): boolean {
  // macOS answers EPERM for a group in which only zombies are left.
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ESRCH' || (code === 'EPERM' && process.platform === 'darwin');
}

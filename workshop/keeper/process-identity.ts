import { readFileSync } from 'node:fs';
import { askSystem, commandQuestion, startQuestion } from './ask-system.ts';

/** A process id together with when it began, so that a reused id is never taken for the process it once named. */
export type ProcessIdentity = { readonly pid: number; readonly started: string };

/** Tells who runs under a process id now; undefined when nobody does, or only a zombie. */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  const started = process.platform === 'linux' ? startedOnLinux(pid) : await askSystem(startQuestion(pid));
  return started ? { pid, started } : undefined;
}

/** Tells whether the process that was identified earlier still runs. */
export async function isSameProcess(identity: ProcessIdentity): Promise<boolean> {
  const now = await identifyProcess(identity.pid);
  return now?.started === identity.started;
}

/** The command line of a running process, empty when it cannot be known. */
export async function commandLineOf(pid: number): Promise<string> {
  if (process.platform === 'linux') return readProc(pid, 'cmdline').replaceAll('\0', ' ');
  return askSystem(commandQuestion(pid));
}

/** Reads one of Linux's files about a process, empty when the process is gone. */
export function readProc(pid: number, file: 'stat' | 'cmdline' | 'environ'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

/** The fields of `/proc/<pid>/stat` that follow the command's name, which may itself hold spaces and brackets. */
export function statFields(stat: string): readonly string[] {
  return stat
    .slice(stat.lastIndexOf(')') + 2)
    .trim()
    .split(' ');
}

function startedOnLinux(pid: number): string {
  const [state, ...fields] = statFields(readProc(pid, 'stat'));
  const ticksSinceBoot = fields[18];
  if (!ticksSinceBoot || state === 'Z' || state === 'X') return '';
  return `${bootId()}:${ticksSinceBoot}`;
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A program that knows something about a process. */
export type Question = readonly [command: string, ...args: string[]];

/**
 * Asks when a process began: the answer is the same in every language and time zone, so that a laptop that was carried
 * to another one still knows its own processes.
 */
export function startQuestion(pid: number, platform: string = process.platform): Question {
  if (platform !== 'win32') return ['env', 'LC_ALL=C', 'TZ=UTC', 'ps', '-o', 'lstart=', '-p', String(pid)];
  return powershell(`(Get-Process -Id ${pid}).StartTime.ToUniversalTime().Ticks`);
}

/** Asks for a process's command line. */
export function commandQuestion(pid: number, platform: string = process.platform): Question {
  if (platform !== 'win32') return ['ps', '-o', 'command=', '-p', String(pid)];
  return powershell(`(Get-CimInstance Win32_Process -Filter ProcessId=${pid}).CommandLine`);
}

/** What the system answers, empty when it cannot. */
export async function askSystem([command, ...args]: Question): Promise<string> {
  const answer = await promisify(execFile)(command, args, { windowsHide: true }).catch(() => ({ stdout: '' }));
  return answer.stdout.trim();
}

function powershell(expression: string): Question {
  return ['powershell', '-NoProfile', '-Command', expression];
}

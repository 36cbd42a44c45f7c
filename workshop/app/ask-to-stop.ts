import type { ChildProcess } from 'node:child_process';
import { signalGroup } from '../keeper/end-group.ts';

/** How a process is asked to stop: by a real SIGTERM, or by a message that becomes one. */
export type StopStyle = 'signal' | 'message';

/** The way that this system has. */
export const stopStyleHere: StopStyle = process.platform === 'win32' ? 'message' : 'signal';

/** What a process must be started with so that it can be asked in this way. */
export function preparationFor(style: StopStyle): {
  readonly stdio: readonly 'ipc'[];
  readonly nodeOptions: string | undefined;
} {
  if (style === 'signal') return { stdio: [], nodeOptions: undefined };
  return { stdio: ['ipc'], nodeOptions: `--import ${new URL('sigterm-by-message.js', import.meta.url)}` };
}

/** Asks a process, and those that it started, to stop. */
export function askToStop(child: ChildProcess, style: StopStyle): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (style === 'signal') signalGroup(child.pid, 'SIGTERM');
  else if (child.connected) child.send('SIGTERM', () => {});
}

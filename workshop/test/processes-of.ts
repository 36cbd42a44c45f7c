import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** A process that has to do with a project: its number and its command line. */
export type ProjectProcess = { readonly pid: number; readonly command: string };

/** Every living process whose command line, folder or environment names the project; none where the system has no /proc. */
export function processesOf(root: string): readonly ProjectProcess[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && isOf(pid, root))
    .map((pid) => ({ pid, command: read(pid, 'cmdline').replaceAll('\0', ' ').trim() }));
}

/** Waits until no process of the project is left, and names those that stay. */
export async function waitUntilGone(root: string): Promise<void> {
  const deadline = performance.now() + 15_000;
  for (;;) {
    const left = processesOf(root);
    if (left.length === 0) return;
    if (performance.now() > deadline)
      throw new Error(`Still running after 15 s: ${left.map(({ pid, command }) => `${pid} ${command}`).join('\n')}`);
    await delay(25);
  }
}

function isOf(pid: number, root: string): boolean {
  // A zombie has no command line any more.
  const command = read(pid, 'cmdline');
  return command !== '' && [command, folderOf(pid), read(pid, 'environ')].some((text) => text.includes(root));
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function folderOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { readProc, statFields } from '../keeper/process-identity.ts';

/** The processes of a group, the leader's descendants that did not leave it; none where the system does not tell. */
function membersOf(group: number): readonly number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && Number(statFields(readProc(pid, 'stat'))[2]) === group);
}

/** Tells whether anybody of a group still runs; on Windows, which has no groups, only whether its leader does. */
export function isGroupAlive(group: number): boolean {
  try {
    process.kill(process.platform === 'win32' ? group : -group, 0);
  } catch {
    return false;
  }
  // Where nobody collects orphans, as in many containers, they stay as zombies.
  return process.platform !== 'linux' || membersOf(group).some((pid) => !/^[ZX]?$/.test(stateOf(pid)));
}

/**
 * Tells whether a process wants a processor now, as an endless loop always does; undefined where the system does not tell.
 * The time it got would say less: on a busy machine a loop gets little.
 */
export function wantsProcessor(group: number): boolean | undefined {
  const members = membersOf(group);
  if (members.length === 0) return undefined;
  return members.some((pid) => stateOf(pid) === 'R');
}

/** Tells whether this one process wants a processor now; false where the system does not tell. */
export function isComputing(pid: number): boolean {
  return process.platform === 'linux' && stateOf(pid) === 'R';
}

/** Where a group listens, as `address:port`; empty where the system does not tell. */
export function listeningAddressesOf(group: number): readonly string[] {
  const sockets = new Set(membersOf(group).flatMap(socketsOf));
  if (sockets.size === 0) return [];
  return ['tcp', 'tcp6'].flatMap((table) =>
    listeners(table)
      .filter(({ inode }) => sockets.has(inode))
      .map(({ address }) => address),
  );
}

function stateOf(pid: number): string {
  return statFields(readProc(pid, 'stat'))[0] ?? '';
}

/** Its input and outputs are sockets too, those of pipes: without them most processes have none before they listen. */
function socketsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      if (Number(fd) <= 2) return [];
      const [, inode] = /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${fd}`)) ?? [];
      return inode === undefined ? [] : [inode];
    });
  } catch {
    // It has ended meanwhile.
    return [];
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

type Listener = { readonly address: string; readonly inode: string };

function listeners(table: string): readonly Listener[] {
  const rows = readFileSync(`/proc/net/${table}`, 'utf8').trim().split('\n').slice(1);
  return rows.flatMap((row) => {
    const [, local = '', , state, , , , , , inode = ''] = row.trim().split(/\s+/);
    return state === listening ? [{ address: readableAddress(local), inode }] : [];
  });
}

function readableAddress(local: string): string {
  const [host = '', port = ''] = local.split(':');
  const known = knownHosts.get(host) ?? (host.length === 8 ? dotted(host) : 'another address');
  return `${known}:${Number.parseInt(port, 16)}`;
}

function dotted(host: string): string {
  const bytes = host.match(/../g) ?? [];
  return bytes
    .reverse()
    .map((byte) => Number.parseInt(byte, 16))
    .join('.');
}

const knownHosts = new Map([
  ['00000000000000000000000001000000', '[::1]'],
  ['00000000000000000000000000000000', '[::]'],
]);
const listening = '0A';

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** One end of a TCP connection, or a listener, of one process. */
export type TcpSocket = { readonly local: string; readonly remote: string; readonly isListening: boolean };

/** The TCP sockets that a process has open; Linux alone tells. */
export function socketsOf(pid: number): readonly TcpSocket[] {
  const inodes = new Set(inodesOf(pid));
  return ['tcp', 'tcp6'].flatMap((table) =>
    rowsOf(pid, table).flatMap(([, local = '', remote = '', state, , , , , , inode = '']) =>
      inodes.has(inode) ? [{ local: hostOf(local), remote: hostOf(remote), isListening: state === '0A' }] : [],
    ),
  );
}

function inodesOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      const [, inode] = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? [];
      return inode === undefined ? [] : [inode];
    });
  } catch {
    // It has ended, or closed that file, meanwhile.
    return [];
  }
}

function rowsOf(pid: number, table: string): readonly (readonly string[])[] {
  try {
    const rows = readFileSync(`/proc/${pid}/net/${table}`, 'utf8').trim().split('\n').slice(1);
    return rows.map((row) => row.trim().split(/\s+/));
  } catch {
    return [];
  }
}

/** As Linux has it: the bytes of an IPv4 address backwards, those of IPv6 by fours. */
function hostOf(address: string): string {
  const [host = ''] = address.split(':');
  if (host.length !== 8) return KNOWN[host] ?? host;
  const bytes = host.match(/../g) ?? [];
  return bytes
    .reverse()
    .map((byte) => Number.parseInt(byte, 16))
    .join('.');
}

const KNOWN: Readonly<Record<string, string>> = {
  '00000000000000000000000001000000': '::1',
  '0000000000000000FFFF00000100007F': '::ffff:127.0.0.1',
};

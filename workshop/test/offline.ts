import { spawnSync } from 'node:child_process';

/** How to run a shell script where there is no network but loopback, or why that cannot be done here. */
export type Offline =
  | { readonly ok: true; readonly command: string; readonly args: (script: string) => readonly string[] }
  | { readonly ok: false; readonly why: string };

/**
 * Finds out whether this system gives a network of its own to who asks for one, and counts what would leave it: Linux
 * does, unless it is forbidden. In the script, `$(strays)` is the number of packets that were for somebody else.
 */
export function findOffline(): Offline {
  if (process.platform !== 'linux') return { ok: false, why: 'only Linux has network namespaces' };
  // As root a user namespace would be in the way: Postgres must be run by another account.
  const own = process.getuid?.() === 0 ? ['--net'] : ['--user', '--net', '--map-current-user', '--keep-caps'];
  const args = (script: string) => [...own, 'sh', '-c', `${PREPARE}\n${script}`];
  const tried = spawnSync('unshare', args('true'), { encoding: 'utf8', timeout: 10_000 });
  if (tried.status === 0) return { ok: true, command: 'unshare', args };
  const why = tried.error?.message ?? tried.stderr.trim();
  return { ok: false, why: `this system lets nobody have a network of their own, or count in it: ${why}` };
}

/** Without a route, what is sent elsewhere would fail before anybody could count it. */
const PREPARE = `
set -e
ip link set lo up
ip route add default dev lo
ip -6 route add default dev lo 2>/dev/null || true
nft add table inet strays
nft add chain inet strays out '{ type filter hook output priority 0; }'
nft add rule inet strays out ip daddr != 127.0.0.0/8 counter
nft add rule inet strays out ip6 daddr != ::1 counter
strays() { nft list table inet strays | awk '/counter packets/ { n += $(NF - 2) } END { print n }'; }
set +e`;

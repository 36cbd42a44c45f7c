import type { LeaseBook } from './lease-book.ts';
import type { NamedLocks } from './named-locks.ts';
import type { KeeperCall } from './protocol.ts';
import type { SharedProcesses } from './shared-processes.ts';

/** What a keeper has, apart from its connections. */
export type Belongings = { readonly leases: LeaseBook; readonly locks: NamedLocks; readonly shared: SharedProcesses };

/** Does what one lease asks and gives the answer's value. */
export async function answerCall(
  call: KeeperCall,
  lease: string,
  { leases, locks, shared }: Belongings,
): Promise<unknown> {
  switch (call.call) {
    case 'lease':
      return leases.open(lease, call.pid);
    case 'own':
      return leases.own(lease, call.pid);
    case 'disown':
      return leases.disown(lease, call.pid);
    case 'lock':
      return locks.take(call.name, lease);
    case 'unlock':
      return locks.release(call.name, lease);
    case 'find':
      return shared.find(call.name);
    case 'start':
      return shared.start(call.spec);
  }
}

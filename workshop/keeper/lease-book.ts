import { killLeftGroup, signalGroup } from './end-group.ts';
import type { RecordedLease } from './keeper-record.ts';
import { identifyProcess, isSameProcess, type ProcessIdentity } from './process-identity.ts';

/** Who holds a lease and which groups end with each, kept by one keeper. */
export type LeaseBook = {
  open(id: string, pid: number): Promise<void>;
  own(id: string, pid: number): Promise<void>;
  disown(id: string, pid: number): void;
  /** Kills what the lease still owns; the last one out is reported to `onEmpty`. */
  drop(id: string): Promise<void>;
  list(): readonly RecordedLease[];
};

type Lease = { readonly id: string; readonly client: ProcessIdentity; readonly groups: Map<number, ProcessIdentity> };

/** Opens the book, taking over what an earlier keeper recorded: groups of the dead are killed, the living may come back. */
export async function openLeaseBook(
  recorded: readonly RecordedLease[],
  on: { readonly change: () => void; readonly empty: () => void },
): Promise<LeaseBook> {
  const leases = new Map<string, Lease>();
  for (const lease of recorded) {
    if (await isSameProcess(lease.client)) leases.set(lease.id, reopened(lease));
    else await killGroups(lease);
  }

  async function drop(id: string): Promise<void> {
    const lease = leases.get(id);
    if (!lease) return;
    leases.delete(id);
    await killGroups({ ...lease, groups: [...lease.groups.values()] });
    on.change();
    if (leases.size === 0) on.empty();
  }

  return {
    async open(id, pid) {
      const client = (await identifyProcess(pid)) ?? { pid, started: 'already gone' };
      leases.set(id, { id, client, groups: leases.get(id)?.groups ?? new Map() });
      on.change();
    },
    async own(id, pid) {
      // Entered before its start is known: a client that dies meanwhile must not leave it running.
      leases.get(id)?.groups.set(pid, { pid, started: unknownStart });
      const identity = await identifyProcess(pid);
      const groups = leases.get(id)?.groups;
      if (!identity || !groups?.has(pid)) return;
      groups.set(pid, identity);
      on.change();
    },
    disown(id, pid) {
      leases.get(id)?.groups.delete(pid);
      on.change();
    },
    drop,
    list: () => [...leases.values()].map((lease) => ({ ...lease, groups: [...lease.groups.values()] })),
  };
}

function reopened(lease: RecordedLease): Lease {
  return { ...lease, groups: new Map(lease.groups.map((group) => [group.pid, group])) };
}

async function killGroups(lease: RecordedLease): Promise<void> {
  for (const group of lease.groups) {
    if (group.started === unknownStart) signalGroup(group.pid, 'SIGKILL');
    else await killLeftGroup(group, lease.id);
  }
}

const unknownStart = '';

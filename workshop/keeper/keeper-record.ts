import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessIdentity } from './process-identity.ts';
import type { SharedProcess } from './protocol.ts';

/** What a keeper owns, written down so that the next keeper can clean up after a violent end. */
export type KeeperRecord = {
  readonly pid: number;
  readonly port: number;
  readonly token: string;
  readonly leases: readonly RecordedLease[];
  readonly shared: readonly RecordedShared[];
};

/** A workshop process and the process groups that end with it. */
export type RecordedLease = {
  readonly id: string;
  readonly client: ProcessIdentity;
  readonly groups: readonly ProcessIdentity[];
};

/** A process that lives as long as anybody's lease, such as the database. */
export type RecordedShared = SharedProcess & { readonly identity: ProcessIdentity };

/** Reads what the last keeper owned; undefined when there was none or it left nothing readable. */
export function readKeeperRecord(stateDir: string): KeeperRecord | undefined {
  try {
    return JSON.parse(readFileSync(recordFile(stateDir), 'utf8')) as KeeperRecord;
  } catch {
    return undefined;
  }
}

/** Writes the record at once and whole, readable by its owner only, since it holds the token. */
export function writeKeeperRecord(stateDir: string, record: KeeperRecord): void {
  const draft = `${recordFile(stateDir)}.${record.pid}`;
  writeFileSync(draft, JSON.stringify(record, undefined, 2), { mode: 0o600 });
  replaceFile(draft, recordFile(stateDir));
}

/** Removes the record of a keeper that ended in order. */
export function removeKeeperRecord(stateDir: string): void {
  rmSync(recordFile(stateDir), { force: true });
}

/** Windows refuses while somebody reads the old file, which takes no time: whoever reads half of it then reads again. */
function replaceFile(draft: string, file: string): void {
  try {
    renameSync(draft, file);
  } catch (error) {
    if (process.platform !== 'win32') throw error;
    copyFileSync(draft, file);
  }
}

function recordFile(stateDir: string): string {
  return join(stateDir, 'keeper.json');
}

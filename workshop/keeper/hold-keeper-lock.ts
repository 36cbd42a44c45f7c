import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Makes this process the only keeper of a folder, or returns false when another one is.
 * The lock is SQLite's because the system lets go of it when its holder dies, however it dies, on every platform.
 */
export function holdKeeperLock(stateDir: string): boolean {
  const lock = new DatabaseSync(join(stateDir, 'keeper.lock'));
  try {
    lock.exec('pragma busy_timeout = 0; pragma locking_mode = exclusive; begin exclusive');
    held.push(lock);
    return true;
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode === sqliteBusy) return false;
    throw error;
  }
}

const sqliteBusy = 5;
/** A collected database would close its file and with it the lock. */
const held: DatabaseSync[] = [];

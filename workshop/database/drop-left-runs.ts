import { type AdminSession, ownerLockClass } from './admin-session.ts';
import { ownerKeyOf } from './database-names.ts';

/** Drops the databases of processes that died before they could. */
export function dropLeftRuns(admin: AdminSession): Promise<void> {
  return admin.run(async (client) => {
    const { rows } = await client.query<{ name: string }>('select datname as name from pg_database');
    for (const { name } of rows) {
      const owner = ownerKeyOf(name);
      if (owner === undefined || owner === admin.ownerKey) continue;
      // The lock is held as long as its owner's connection lives.
      const { rows: tried } = await client.query('select pg_try_advisory_lock($1, $2) as free', [
        ownerLockClass,
        owner,
      ]);
      if (!tried[0].free) continue;
      await client.query(`drop database if exists ${name} with (force)`);
      await client.query('select pg_advisory_unlock($1, $2)', [ownerLockClass, owner]);
    }
  });
}

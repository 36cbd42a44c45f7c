import pg from 'pg';
import type { Queryable } from './wait-for-rows.ts';

/** A few connections to a run's database, for those who look at its rows; disposing closes them. */
export type OpenPool = Queryable & { [Symbol.asyncDispose](): Promise<void> };

/** Opens connections as they are needed; a server that goes away shows in the next query, not as a crash. */
export function openPool(databaseUrl: string): OpenPool {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 8 });
  pool.on('error', () => {});
  return {
    query: (sql, values) => pool.query(sql, values),
    [Symbol.asyncDispose]: () => pool.end(),
  };
}

import pg from 'pg';
import { type Queryable, waitForRows } from '../scenario/wait-for-rows.ts';

/** Rows that somebody keeps locked. */
export type HeldRow = {
  /** A `select … for update`. */
  readonly sql: string;
  /** How many must wait for it before it is let go. */
  readonly waiting: number;
};

type Holding = HeldRow & { readonly database: Queryable; readonly databaseUrl: string; readonly signal: AbortSignal };

/**
 * Does some work while rows are locked: whoever needs them has come that far and no further when they are let go, so
 * that what depends on who is first comes out the same each time. Where nobody waits, they are let go all the same.
 */
export async function whileHeld<Result>(held: Holding, work: () => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: held.databaseUrl });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query('select pg_backend_pid() as pid');
    await client.query('begin');
    await client.query(held.sql);
    const working = work();
    working.catch(() => {});
    await waitForWaiting(held, rows[0].pid);
    await client.query('commit');
    return await working;
  } finally {
    await client.end();
  }
}

function waitForWaiting({ database, waiting, signal }: Holding, pid: number): Promise<unknown> {
  const isEnough = (rows: readonly unknown[]) => rows.length >= waiting;
  return waitForRows(database, { sql: IN_LINE, values: [pid], isEnough, deadlineMs: 3_000, signal });
}

/** All who wait for somebody, or for one who does. */
const IN_LINE = `
  with recursive line (pid) as (
    select pid from pg_stat_activity where $1 = any(pg_blocking_pids(pid))
    union
    select a.pid from pg_stat_activity a join line on line.pid = any(pg_blocking_pids(a.pid))
  )
  select pid from line`;

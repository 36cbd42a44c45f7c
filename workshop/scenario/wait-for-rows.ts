import { setTimeout as delay } from 'node:timers/promises';

/** One row, by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** A database that can be asked: a `pg` client or pool. */
export type Queryable = { query(sql: string, values?: unknown[]): Promise<{ rows: Row[] }> };

/** Which rows are waited for, and for how long. */
export type AwaitedRows = {
  readonly sql: string;
  readonly values?: readonly unknown[];
  /** Enough at one row unless said otherwise. */
  readonly isEnough?: (rows: readonly Row[]) => boolean;
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal | undefined;
};

/** Asks until the rows are enough or the deadline has passed, and gives the last answer either way. */
export async function waitForRows(database: Queryable, awaited: AwaitedRows): Promise<readonly Row[]> {
  const { sql, values = [], isEnough = (rows) => rows.length > 0, deadlineMs = 10_000, signal } = awaited;
  const givesUpAt = performance.now() + deadlineMs;
  for (;;) {
    const { rows } = await database.query(sql, [...values]);
    if (isEnough(rows) || performance.now() > givesUpAt) return rows;
    await delay(pollMs, undefined, { ...(signal ? { signal } : {}) });
  }
}

const pollMs = 15;

import { type Row, waitForRows } from '../wait-for-rows.ts';
import { type NightDesk, NightSpoiled } from './cause.ts';

/** Puts a job into the table, as whatever runs at two o'clock does: nobody's request. */
export async function queueJob({ database }: NightDesk, kind: string, payload: object): Promise<void> {
  await database.query('insert into jobs (kind, payload) values ($1, $2)', [kind, payload]);
}

/** Waits until the job is as far as `sql` says; a worker that cannot do it spoils the night. */
export async function waitUntilUnderWay(desk: NightDesk, kind: string, sql: string): Promise<void> {
  const { database, signal } = desk;
  const either = `${sql} union all select 'failed' from jobs where kind = $1 and last_error is not null`;
  const rows = await waitForRows(database, { sql: either, values: [kind], signal });
  if (rows.some(isFailure)) throw await failure(desk, kind);
}

/** Waits until the job is done, or given up. */
export async function waitUntilDone({ database, signal }: NightDesk, kind: string): Promise<void> {
  const sql = `select id from jobs where kind = $1 and state <> 'queued'`;
  await waitForRows(database, { sql, values: [kind], deadlineMs: 20_000, signal });
}

/** Asks whether nobody else can lock this row of stock now. */
export function rowIsHeld(sku: string): string {
  return `select 'held' as state where not exists (select from stock where sku = '${sku}' for update skip locked)`;
}

function isFailure(row: Row): boolean {
  return Object.values(row).includes('failed');
}

async function failure({ database }: NightDesk, kind: string): Promise<NightSpoiled> {
  const { rows } = await database.query('select last_error from jobs where kind = $1', [kind]);
  return new NightSpoiled(`The worker could not do the job \`${kind}\`: "${rows[0]?.last_error}".`);
}

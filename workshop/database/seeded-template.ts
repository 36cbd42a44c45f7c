import { createHash } from 'node:crypto';
import pg from 'pg';
import { UsageError } from '../stages/usage-error.ts';
import { type AdminSession, ownerLockClass } from './admin-session.ts';
import { draftName, templatePrefix } from './database-names.ts';
import { urlOfDatabase } from './database-url.ts';

/** Makes sure that the template of this SQL exists, made once by whoever needs it first, and gives its name. */
export function ensureTemplate(admin: AdminSession, sql: readonly string[]): Promise<string> {
  const name = templateName(sql);
  return admin.run((client, url) =>
    underTemplateLock(client, async () => {
      const found = await client.query('select from pg_database where datname = $1', [name]);
      if (found.rowCount === 0) {
        await makeTemplate(client, url, draftName(admin.ownerKey), name, sql);
        await dropOldTemplates(client, name);
      }
      await client.query(`comment on database ${name} is '${new Date().toISOString()}'`);
      return name;
    }),
  );
}

function templateName(sql: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(sql)).digest('hex');
  return `${templatePrefix}${hash.slice(0, 16)}`;
}

async function underTemplateLock<Result>(client: pg.Client, work: () => Promise<Result>): Promise<Result> {
  await client.query('select pg_advisory_lock($1, 0)', [ownerLockClass]);
  try {
    return await work();
  } finally {
    // A connection that was lost has let go of it.
    await client.query('select pg_advisory_unlock($1, 0)', [ownerLockClass]).catch(() => {});
  }
}

async function makeTemplate(
  client: pg.Client,
  url: string,
  draft: string,
  name: string,
  sql: readonly string[],
): Promise<void> {
  await client.query(`drop database if exists ${draft} with (force)`);
  await client.query(`create database ${draft}`);
  await runSql(urlOfDatabase(url, draft), sql);
  await client.query(`alter database ${draft} with allow_connections false`);
  await client.query(`alter database ${draft} rename to ${name}`);
}

async function runSql(url: string, sql: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    for (const text of sql) await client.query(text).catch((error) => rethrowWithPlace(error, text));
  } finally {
    await client.end().catch(() => {});
  }
}

function rethrowWithPlace(error: unknown, text: string): never {
  if (!(error instanceof pg.DatabaseError)) throw error;
  const before = text.slice(0, Number(error.position ?? 1) - 1);
  const line = before.split('\n').length;
  const shown = text.split('\n')[line - 1]?.trim();
  throw new UsageError(`The schema or seed SQL fails: ${error.message}, at its line ${line}: ${shown}`, {
    cause: error,
  });
}

/** A template is made again within a second: keep those of the last few states, not all of them. */
async function dropOldTemplates(client: pg.Client, present: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select datname as name from pg_database
     where starts_with(datname, $1) and datname <> $2
     order by shobj_description(oid, 'pg_database') desc nulls last offset $3`,
    [templatePrefix, present, keptTemplates - 1],
  );
  for (const { name } of rows) await client.query(`drop database if exists ${name} with (force)`);
}

const keptTemplates = 8;

import pg from 'pg';
import { type AdminSession, openAdminSession } from './admin-session.ts';
import { nextRunName } from './database-names.ts';
import { urlOfDatabase } from './database-url.ts';
import { dropLeftRuns } from './drop-left-runs.ts';
import { ensureTemplate } from './seeded-template.ts';

/** A Postgres from which every run gets a database of its own. */
export type DatabaseServer = {
  /** A fresh copy of the database that this SQL (schema, then seed) makes; the SQL itself runs only once. */
  cloneDatabase(options: Seed): Promise<RunDatabase>;
  /** Makes a copy in advance, so that the next run with the same SQL need not wait; for whoever expects one. */
  prepareClone(options: Seed): Promise<void>;
  /** Another number whenever the server went away and came back, which spoils what was under way. */
  incarnation(): Promise<number>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** The SQL that makes a database. */
export type Seed = { readonly sql: readonly string[] };

/** One run's database; disposing drops it, even when somebody is still connected. */
export type RunDatabase = { readonly url: string; [Symbol.asyncDispose](): Promise<void> };

/** Serves databases from the server at the URL that `locate` gives; it is asked again whenever the server went away. */
export async function serveDatabases(
  locate: () => Promise<string>,
  stop: () => Promise<void> = async () => {},
): Promise<DatabaseServer> {
  const admin = await openAdminSession(locate);
  const templates = new Map<string, Promise<string>>();
  const prepared = new Map<string, RunDatabase>();
  let preparing: Promise<void> = Promise.resolve();
  await dropLeftRuns(admin);

  function templateOf({ sql }: Seed): Promise<string> {
    const key = JSON.stringify(sql);
    const template = templates.get(key) ?? ensureTemplate(admin, sql);
    templates.set(key, template);
    template.catch(() => templates.delete(key));
    return template;
  }

  async function makeClone(seed: Seed): Promise<RunDatabase> {
    try {
      return await clone(admin, await templateOf(seed));
    } catch (error) {
      if (!isUnknownDatabase(error)) throw error;
      // Somebody else needed the room, or the server came back with new data.
      templates.clear();
      return clone(admin, await templateOf(seed));
    }
  }

  async function prepare(seed: Seed): Promise<void> {
    const key = JSON.stringify(seed.sql);
    if (!prepared.has(key)) prepared.set(key, await makeClone(seed));
  }

  return {
    async cloneDatabase(seed) {
      const key = JSON.stringify(seed.sql);
      const spare = prepared.get(key);
      prepared.delete(key);
      return spare && (await exists(admin, spare)) ? spare : makeClone(seed);
    },
    prepareClone(seed) {
      const prepares = preparing.then(() => prepare(seed));
      preparing = prepares.catch(() => {});
      return prepares;
    },
    incarnation: () => admin.generation(),
    async [Symbol.asyncDispose]() {
      await preparing;
      for (const spare of prepared.values()) await spare[Symbol.asyncDispose]();
      prepared.clear();
      await admin[Symbol.asyncDispose]();
      await stop();
    },
  };
}

/** Also finds out whether the server still lives, on the port that the URL names. */
function exists(admin: AdminSession, { url }: RunDatabase): Promise<boolean> {
  return admin.run(async (client, serverUrl) => {
    const name = new URL(url).pathname.slice(1);
    const found = await client.query('select from pg_database where datname = $1', [name]);
    return found.rowCount === 1 && url === urlOfDatabase(serverUrl, name);
  });
}

async function clone(admin: AdminSession, template: string): Promise<RunDatabase> {
  const name = nextRunName(admin.ownerKey);
  const url = await admin.run(async (client, serverUrl) => {
    await copyDatabase(client, template, name);
    return urlOfDatabase(serverUrl, name);
  });
  return {
    url,
    // What cannot be dropped now is dropped at the next start.
    [Symbol.asyncDispose]: () =>
      admin
        .run((client) => client.query(`drop database if exists ${name} with (force)`))
        .then(
          () => {},
          () => {},
        ),
  };
}

/**
 * Has the files copied, which spares a third of the time, unless fsync is on: then it waits for two checkpoints of the
 * whole server. Where Postgres (from 18 on) and its disk can, the kernel copies them, for a third of the processor time.
 */
async function copyDatabase(client: pg.Client, template: string, name: string): Promise<void> {
  const create = `create database ${name} template ${template}`;
  const { rows } = await client.query(CAN_COPY_FILES);
  if (!rows[0].canCopy) return void (await client.query(create));
  await client.query(LET_THE_KERNEL_COPY);
  try {
    await client.query(`${create} strategy file_copy`);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await client.query('set file_copy_method = copy');
    await client.query(`${create} strategy file_copy`);
  }
}

const CAN_COPY_FILES = `
  select current_setting('fsync') = 'off' and current_setting('server_version_num')::int >= 150000 as "canCopy"`;
const LET_THE_KERNEL_COPY = `
  select set_config(name, 'clone', false) from pg_settings where name = 'file_copy_method' and 'clone' = any (enumvals)`;

/** Class 58: what the operating system refused, as a disk that cannot clone a file does. */
function isSystemError(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code?.startsWith('58') === true;
}

function isUnknownDatabase(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '3D000';
}

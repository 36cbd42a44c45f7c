import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { type Keeper, openKeeper } from '../keeper/open-keeper.ts';
import { identifyProcess } from '../keeper/process-identity.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { openDatabaseServer } from './open-database-server.ts';
import { openPostgresHome } from './postgres-home.ts';
import { openTemporaryHome } from './temporary-home.ts';

const yarns = ['create table yarns (name text)', "insert into yarns values ('Alpaca Fog'), ('Merino')"];

/** Those that do no harm to the data share one Postgres, since making its data takes most of their time. */
const folder = await openFolder();
const keeper = await openKeeper({ stateDir: folder.path });
afterAll(async () => {
  await keeper[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

test('gives each run a seeded database of its own, and drops it', async () => {
  await using server = await openDatabaseServer({ keeper });
  await using first = await server.cloneDatabase({ sql: yarns });
  {
    await using second = await server.cloneDatabase({ sql: yarns });
    await query(second.url, 'delete from yarns');
    expect(await query(first.url, 'select count(*)::int as count from yarns')).toEqual([{ count: 2 }]);
    expect(await runDatabases(keeper)).toHaveLength(2);
  }
  expect(await runDatabases(keeper)).toHaveLength(1);
});

test('makes a template once, also when two processes need it at the same time', async () => {
  await using one = await openDatabaseServer({ keeper });
  await using other = await openDatabaseServer({ keeper });
  const before = await databasesLike(keeper, 'untangle_template_%');
  const sql = ['create table sheep (name text)'];
  const clones = await Promise.all([one, other, one, other].map((server) => server.cloneDatabase({ sql })));
  expect(new Set(clones.map(({ url }) => url)).size).toBe(4);
  expect(await databasesLike(keeper, 'untangle_template_%')).toHaveLength(before.length + 1);
  expect(await databasesLike(keeper, 'untangle_draft_%')).toEqual([]);
});

test('keeps eight templates, the latest used', async () => {
  await using server = await openDatabaseServer({ keeper });
  for (let count = 0; count < 10; count++) await server.cloneDatabase({ sql: [`select ${count}`] });
  expect(await databasesLike(keeper, 'untangle_template_%')).toHaveLength(8);
  await using again = await server.cloneDatabase({ sql: ['select 0'] });
  expect(await query(again.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('names the line of SQL that cannot be run', async () => {
  await using server = await openDatabaseServer({ keeper });
  const broken = server.cloneDatabase({ sql: ['create table a (b int);\ncreate tabel c (d int);'] });
  await expect(broken).rejects.toThrow('syntax error at or near "tabel", at its line 2: create tabel c (d int);');
  await using whole = await server.cloneDatabase({ sql: yarns });
  expect(await query(whole.url, 'select count(*)::int as count from yarns')).toEqual([{ count: 2 }]);
});

test('drops the databases of a run that was killed, and spares those of one that lives', async () => {
  await using living = await openDatabaseServer({ keeper });
  await using needed = await living.cloneDatabase({ sql: yarns });
  const url = await startEmbeddedPostgres(keeper, () => {});
  await query(url, 'create database untangle_run_4711_1');

  await using next = await openDatabaseServer({ keeper });
  await using _ = await next.cloneDatabase({ sql: yarns });
  const left = await runDatabases(keeper);
  expect(left).toHaveLength(2);
  expect(left).toContain(new URL(needed.url).pathname.slice(1));
});

test('starts Postgres again when it is killed in the middle', async () => {
  await using server = await openDatabaseServer({ keeper });
  await using _ = await server.cloneDatabase({ sql: yarns });
  await killPostgres(keeper);

  await using run = await server.cloneDatabase({ sql: yarns });
  expect(await query(run.url, 'select count(*)::int as count from yarns')).toEqual([{ count: 2 }]);
});

test('hands out a database that was prepared, once, and makes another when Postgres was killed since', async () => {
  await using server = await openDatabaseServer({ keeper });
  await server.prepareClone({ sql: yarns });
  const [spare] = await runDatabases(keeper);
  await using first = await server.cloneDatabase({ sql: yarns });
  await using second = await server.cloneDatabase({ sql: yarns });
  expect(first.url).toContain(`/${spare}`);
  expect(second.url).not.toBe(first.url);

  await server.prepareClone({ sql: yarns });
  await killPostgres(keeper);
  await using third = await server.cloneDatabase({ sql: yarns });
  expect(await query(third.url, 'select count(*)::int as count from yarns')).toEqual([{ count: 2 }]);
});

test('stops Postgres when the last lease is gone, and finds its templates again', async () => {
  await using folder = await openFolder();
  const pid = await useOnce(folder.path);
  await waitUntil('Postgres to end', async () => (await identifyProcess(pid)) === undefined);
  expect(await useOnce(folder.path)).not.toBe(pid);
});

test('starts although a stale pid file names a living stranger', async () => {
  await using folder = await openFolder();
  const data = await dataDirOf(folder.path);
  await writeFile(join(data, 'postmaster.pid'), `${process.pid}\n${data}\n1\n5432\n`);
  expect(await useOnce(folder.path)).toBeGreaterThan(0);
  expect(await identifyProcess(process.pid)).toBeDefined();
});

test('ends a Postgres on its data that nobody leases, and starts its own', async () => {
  await using folder = await openFolder();
  const stray = await leaveRunning(folder.path);
  expect(await identifyProcess(stray)).toBeDefined();
  expect(await useOnce(folder.path)).not.toBe(stray);
  expect(await identifyProcess(stray)).toBeUndefined();
});

test('throws half-made data away', async () => {
  await using folder = await openFolder();
  const data = await dataDirOf(folder.path);
  await writeFile(join(dirname(data), 'draft-1'), 'half');
  await rm(join(data, 'global'), { recursive: true });
  const steps: string[] = [];
  await using keeper = await openKeeper({ stateDir: folder.path });
  await using server = await openDatabaseServer({ keeper, onProgress: (step) => steps.push(step) });
  await using _ = await server.cloneDatabase({ sql: yarns });
  expect(steps).toEqual([
    'starting Postgres',
    'making the database anew, since Postgres could not start with the old one',
  ]);
  expect(await readdir(dirname(data))).toEqual(['data', 'log']);
});

test.runIf(process.getuid?.() === 0)(
  'moves to the temporary folder where root alone may enter the project',
  async () => {
    await using folder = await openFolder();
    await chmod(folder.path, 0o700);
    await using keeper = await openKeeper({ stateDir: folder.path });
    const home = await openPostgresHome(folder.path);
    await using temporary = removedLater(dirname(home.dir));
    await using server = await openDatabaseServer({ keeper });
    await using run = await server.cloneDatabase({ sql: yarns });
    expect(await query(run.url, 'select count(*)::int as count from yarns')).toEqual([{ count: 2 }]);
    expect(temporary.path.startsWith(join(tmpdir(), 'untangle-'))).toBe(true);
    expect((await stat(home.dataDir)).uid).toBe(home.account?.uid);
  },
);

test('removes a temporary folder when its project is gone, and no other', async () => {
  await using living = await openFolder();
  await using needed = removedLater(await openTemporaryHome(living.path));
  const abandoned = await openTemporaryHome(join(living.path, 'gone'));
  expect(existsSync(abandoned)).toBe(false);
  expect(existsSync(needed.path)).toBe(true);
});

test('uses a Postgres at a URL, and says what one lacks', async () => {
  const url = await startEmbeddedPostgres(keeper, () => {});
  await using server = await openDatabaseServer({ keeper, databaseUrl: url });
  await using run = await server.cloneDatabase({ sql: yarns });
  expect(await query(run.url, 'select count(*)::int as count from yarns')).toEqual([{ count: 2 }]);

  await query(url, "create role ines login password 'sheep'");
  const address = url.replace(/\/\/.*@/, '//ines:sheep@');
  await expect(openDatabaseServer({ keeper, databaseUrl: address })).rejects.toThrow(
    `The Postgres at DATABASE_URL (${address.replace('sheep', '***')}) does not let \`ines\` make databases, and every run needs one. ` +
      'As its superuser: alter role "ines" createdb;',
  );
  await expect(openDatabaseServer({ keeper, databaseUrl: 'postgres://127.0.0.1:1/x' })).rejects.toThrow(
    /cannot be used: connect ECONNREFUSED 127\.0\.0\.1:1\. Start it or correct the URL; or unset DATABASE_URL/,
  );
});

async function useOnce(stateDir: string): Promise<number> {
  await using keeper = await openKeeper({ stateDir });
  await using server = await openDatabaseServer({ keeper });
  await using run = await server.cloneDatabase({ sql: yarns });
  expect(await query(run.url, 'select count(*)::int as count from yarns')).toEqual([{ count: 2 }]);
  return (await keeper.findShared('postgres'))?.pid ?? 0;
}

async function dataDirOf(stateDir: string): Promise<string> {
  await useOnce(stateDir);
  await waitUntil('the keeper to end', () => !existsSync(join(stateDir, 'keeper.json')));
  return join(stateDir, 'postgres', 'data');
}

/** Kills the keeper and loses its record, so that nobody knows of the Postgres any more. */
async function leaveRunning(stateDir: string): Promise<number> {
  const keeper = await openKeeper({ stateDir });
  await startEmbeddedPostgres(keeper, () => {});
  const stray = (await keeper.findShared('postgres'))?.pid ?? 0;
  const record = JSON.parse(await readFile(join(stateDir, 'keeper.json'), 'utf8'));
  // In one turn: a keeper that saw the lease end would have stopped Postgres, and one killed before it is started anew.
  const closed = keeper[Symbol.asyncDispose]();
  process.kill(record.pid, 'SIGKILL');
  await closed;
  await rm(join(stateDir, 'keeper.json'), { force: true });
  return stray;
}

/** Waits for the backends too: they notice a moment later, and may answer until then. */
async function killPostgres(keeper: Keeper): Promise<void> {
  const client = new pg.Client({ connectionString: await startEmbeddedPostgres(keeper, () => {}) });
  client.on('error', () => {});
  await client.connect();
  const ended = new Promise<void>((resolve) => client.on('end', resolve));
  process.kill((await keeper.findShared('postgres'))?.pid ?? 0, 'SIGKILL');
  await ended;
}

async function runDatabases(keeper: Keeper): Promise<readonly string[]> {
  return databasesLike(keeper, 'untangle_run_%');
}

async function databasesLike(keeper: Keeper, pattern: string): Promise<readonly string[]> {
  const url = await startEmbeddedPostgres(keeper, () => {});
  const rows = await query<{ datname: string }>(url, `select datname from pg_database where datname like '${pattern}'`);
  return rows.map(({ datname }) => datname);
}

async function query<Row>(url: string, sql: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

async function openFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'untangle-database-'));
  await chmod(path, 0o755);
  return {
    path,
    async [Symbol.asyncDispose]() {
      await waitUntil('the keeper to end', () => !existsSync(join(path, 'keeper.json')));
      await rm(path, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

function removedLater(path: string): { readonly path: string } & AsyncDisposable {
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 20 }) };
}

async function waitUntil(what: string, isReached: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await isReached())) {
    if (Date.now() > deadline) throw new Error(`Waited 10 s for ${what}.`);
    await delay(10);
  }
}

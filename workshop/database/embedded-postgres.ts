import { readFile, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { findFreePorts } from 'trace-shapes';
import type { Keeper } from '../keeper/open-keeper.ts';
import type { SharedProcess } from '../keeper/protocol.ts';
import { UsageError } from '../stages/usage-error.ts';
import { endStrayPostmaster } from './end-stray-postmaster.ts';
import { ensurePostgresData, readPostgresPassword } from './postgres-data.ts';
import { openPostgresHome, type PostgresHome } from './postgres-home.ts';

/** Starts the Postgres that came with the install, or finds it running, and gives the superuser's URL once it answers. */
export function startEmbeddedPostgres(keeper: Keeper, onProgress: (message: string) => void): Promise<string> {
  return keeper.withLock('postgres', async () => {
    const home = await openPostgresHome(keeper.stateDir);
    const running = await keeper.findShared('postgres');
    if (running && (await waitUntilReady(running, home, keeper)) === 'ready') return superuserUrl(running, home);
    return startOnGoodData(home, keeper, onProgress);
  });
}

async function startOnGoodData(
  home: PostgresHome,
  keeper: Keeper,
  onProgress: (message: string) => void,
): Promise<string> {
  onProgress('starting Postgres');
  const { isNew } = await ensurePostgresData(home, keeper);
  const url = await startUntilReady(home, keeper);
  if (url) return url;
  if (isNew) throw new UsageError(await explainFailedStart(home));
  // Everything in it can be made again from SQL, and it is run without fsync: a power cut may well have spoilt it.
  onProgress('making the database anew, since Postgres could not start with the old one');
  await rm(home.dataDir, { recursive: true, force: true });
  await ensurePostgresData(home, keeper);
  const second = await startUntilReady(home, keeper);
  if (second) return second;
  throw new UsageError(await explainFailedStart(home));
}

async function startUntilReady(home: PostgresHome, keeper: Keeper): Promise<string | undefined> {
  const deadline = performance.now() + deadlineMs;
  while (performance.now() < deadline) {
    await endStrayPostmaster(home.dataDir);
    const server = await startPostmaster(home, keeper, await freePort());
    if ((await waitUntilReady(server, home, keeper)) === 'ready') return superuserUrl(server, home);
    if (!isWorthAnotherTry(await readLog(home))) return undefined;
    await delay(50);
  }
  return undefined;
}

async function freePort(): Promise<number> {
  const [port] = await findFreePorts(1);
  return port as number;
}

function startPostmaster(home: PostgresHome, keeper: Keeper, port: number): Promise<SharedProcess> {
  return keeper.startShared({
    name: 'postgres',
    command: home.binaries.postgres,
    args: ['-D', home.dataDir, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    cwd: home.dir,
    logFile: home.logFile,
    // A fast shutdown: open connections are ended, not waited for.
    stopSignal: 'SIGINT',
    info: { port },
    ...(home.account && { account: home.account }),
  });
}

async function waitUntilReady(server: SharedProcess, home: PostgresHome, keeper: Keeper): Promise<'ready' | 'ended'> {
  const url = await superuserUrl(server, home);
  const deadline = performance.now() + deadlineMs;
  while (performance.now() < deadline) {
    if (await answers(url)) return 'ready';
    const running = await keeper.findShared('postgres');
    if (running?.pid !== server.pid) return 'ended';
    await delay(15);
  }
  throw new UsageError(
    `${await explainFailedStart(home)}\nIt still runs, but did not answer within ${deadlineMs / 1000} s.`,
  );
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function superuserUrl(server: SharedProcess, home: PostgresHome): Promise<string> {
  return `postgres://postgres:${await readPostgresPassword(home)}@127.0.0.1:${server.info.port}/postgres`;
}

/** The backends of a killed postmaster need a moment to notice; and a port may be taken between looking and binding. */
function isWorthAnotherTry(log: string): boolean {
  return /pre-existing shared memory block|could not bind|could not create any TCP\/IP sockets/.test(log);
}

async function explainFailedStart(home: PostgresHome): Promise<string> {
  const lastLines = (await readLog(home)).trim().split('\n').slice(-8).join('\n');
  return (
    `The embedded Postgres did not start. Its log \`${home.logFile}\` ends:\n${lastLines}\n` +
    `Remove \`${home.dir}\` to start afresh, or set DATABASE_URL to a Postgres of your own.`
  );
}

function readLog(home: PostgresHome): Promise<string> {
  return readFile(home.logFile, 'utf8').catch(() => '');
}

const deadlineMs = 30_000;
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  // Nothing in it is worth a disk's time.
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  // No workers of its own: a clone must not wait for one that looks at its template, nor a measurement for a vacuum.
  'autovacuum=off',
  'io_method=sync',
  'max_logical_replication_workers=0',
  'jit=off',
  'timezone=UTC',
  'log_timezone=UTC',
];

import { createHash } from 'node:crypto';
import { chown, lstat, mkdir, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../stages/usage-error.ts';
import { type Account, isReachableBy, pickPostgresAccount } from './postgres-account.ts';
import { copyPostgresBinaries, findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';

/** A folder, programs and an account with which Postgres can run here. */
export type PostgresHome = {
  readonly dir: string;
  readonly dataDir: string;
  readonly logFile: string;
  readonly binaries: PostgresBinaries;
  readonly account: Account | undefined;
};

/** Finds a home that the account of Postgres can reach: the state folder, or below the system's temporary folder. */
export async function openPostgresHome(stateDir: string): Promise<PostgresHome> {
  const account = await pickPostgresAccount();
  const installed = await findPostgresBinaries();
  const project = await realpath(stateDir);
  const canStay = !account || (await isReachableBy(account, project));
  const dir = join(canStay ? project : await openTemporaryHome(project), 'postgres');
  await mkdir(dir, { recursive: true, mode: 0o755 });
  if (account) await chown(dir, account.uid, account.gid);
  const binaries =
    !account || (await isReachableBy(account, installed.dir))
      ? installed
      : await copyPostgresBinaries(installed, await openTemporaryHome(project));
  return { dir, dataDir: join(dir, 'data'), logFile: join(dir, 'log'), binaries, account };
}

async function openTemporaryHome(project: string): Promise<string> {
  const key = createHash('sha256').update(project).digest('hex').slice(0, 12);
  const outer = join(tmpdir(), `untangle-${key}`);
  await mkdir(outer, { mode: 0o755 }).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    await assertOurs(outer);
  });
  return outer;
}

/** Everybody may write to the temporary folder: what waits there under our name may be a stranger's. */
async function assertOurs(dir: string): Promise<void> {
  const { uid } = await lstat(dir);
  if (uid === process.getuid?.()) return;
  throw new UsageError(
    `\`${dir}\` belongs to another user, and Postgres needs it. Remove it, or set TMPDIR to a folder of your own.`,
  );
}

import { chown, mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { type Account, isReachableBy, pickPostgresAccount } from './postgres-account.ts';
import { copyPostgresBinaries, findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';
import { openTemporaryHome } from './temporary-home.ts';

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

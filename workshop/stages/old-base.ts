import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { blobId } from './tree.ts';
import { UsageError } from './usage-error.ts';
import { writeWhole } from './write-whole.ts';

const run = promisify(execFile);

/** Keeps a base's content where this author's later rebases find it, committed or not. */
export async function keepBase(root: string, content: Buffer): Promise<void> {
  await mkdir(baseDir(root), { recursive: true });
  await writeWhole(join(baseDir(root), blobId(content)), content);
}

/** The content of the file that an overlay was written on, by its git blob id: kept here, or in git's history. */
export async function findBase(root: string, id: string, source: string): Promise<Buffer> {
  const kept = await readFile(join(baseDir(root), id)).catch(() => undefined);
  if (kept) return kept;
  try {
    const { stdout } = await run('git', ['cat-file', 'blob', id], {
      cwd: root,
      encoding: 'buffer',
      maxBuffer: 1 << 26,
    });
    return stdout;
  } catch (cause) {
    throw lostError(id, source, cause);
  }
}

function baseDir(root: string): string {
  return join(root, '.workshop', 'bases');
}

function lostError(id: string, source: string, cause: unknown): UsageError {
  return new UsageError(
    `\`${source}\` was written on a file with the git blob id ${id}, which this repository does not have: it was never ` +
      'committed, or the clone is shallow. Fetch the whole history (`git fetch --unshallow`), or look through ' +
      'the overlay by hand and accept it as it is: `npm run author record`.',
    { cause },
  );
}

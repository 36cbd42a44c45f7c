import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** One thing in a folder that is no folder: its path with forward slashes, and whether it is a plain file. */
export type FoundFile = { readonly path: string; readonly isPlain: boolean };

/** All files of a folder in order; links are not followed, and what is no source of the app is not entered. */
export async function walkFiles(dir: string, below = ''): Promise<readonly FoundFile[]> {
  const entries = (await entriesOf(join(dir, below))).filter(
    ({ name }) => !leftOut.has(name) && !leftByEditors.test(name),
  );
  const found = await Promise.all(
    entries.map((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      return entry.isDirectory() ? walkFiles(dir, path) : [{ path, isPlain: entry.isFile() }];
    }),
  );
  return found.flat().sort((a, b) => (a.path < b.path ? -1 : 1));
}

const leftOut = new Set(['node_modules', '.git', '.DS_Store', 'Thumbs.db', 'desktop.ini']);
/** Vim's swap and probe files, Emacs' locks and saves, and what editors and JetBrains' IDEs write before they rename. */
const leftByEditors = /^\..*\.sw[a-z]$|^4913$|^\.#|^#.*#$|~$|___jb_(tmp|old)___$/;

async function entriesOf(dir: string): Promise<Dirent[]> {
  try {
    return await readdir(dir, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Whether a file-system call failed because there is nothing at that path. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

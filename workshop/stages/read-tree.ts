import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPath } from './check-path.ts';
import { textOf } from './text.ts';
import { type Tree, treeOf } from './tree.ts';
import { UsageError } from './usage-error.ts';

/** Reads a folder of the workshop's own sources, with Unix line ends; a folder that is not there is an empty tree. */
export async function readTree(dir: string, source: string): Promise<Tree> {
  const files: [string, Buffer][] = [];
  for (const entry of await entriesOf(dir)) {
    const path = slashed(join(entry.parentPath, entry.name).slice(dir.length + 1));
    if (isLeftOut(path)) continue;
    if (entry.isSymbolicLink()) throw linkError(path, source);
    if (!entry.isFile()) continue;
    checkPath(path, source);
    files.push([path, withUnixLineEndsIfText(await readFile(join(dir, path)))]);
  }
  return treeOf(files);
}

async function entriesOf(dir: string): Promise<Dirent[]> {
  try {
    return await readdir(dir, { recursive: true, withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Whether a file-system call failed because there is nothing at that path. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

/** A path of this system as trees write it. */
export function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}

/** Whether a path is none of the app's source: installed packages, git's own, what desktops leave behind. */
export function isLeftOut(path: string): boolean {
  return path.split('/').some((segment) => leftOut.has(segment));
}

const leftOut = new Set(['node_modules', '.git', '.DS_Store', 'Thumbs.db', 'desktop.ini']);

function withUnixLineEndsIfText(content: Buffer): Buffer {
  const text = textOf(content);
  return text === undefined ? content : Buffer.from(text);
}

function linkError(path: string, source: string): UsageError {
  return new UsageError(
    `\`${source}/${path}\` is a symbolic link. Overlays hold whole files, so that every state can be built anywhere. ` +
      'Replace the link by the file that it points to.',
  );
}

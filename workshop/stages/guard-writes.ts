import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPath, stageFile } from './check-path.ts';
import { UsageError } from './usage-error.ts';
import { isMissing } from './walk-files.ts';

/**
 * Throws unless every path, once written or removed, touches the folder and nothing else: by its name, and by what it
 * goes through on disk, since a link in the folder may lead anywhere. Whoever writes files by their paths calls this.
 */
export async function guardWrites(dir: string, paths: Iterable<string>): Promise<void> {
  const ways = new Set<string>();
  for (const path of paths) {
    if (path !== stageFile) checkPath(path, dir);
    for (const way of waysTo(path)) ways.add(way);
  }
  for (const way of ways) if (await isLink(join(dir, way))) throw linkError(dir, way);
}

/** The path and the folders that it goes through. */
function waysTo(path: string): readonly string[] {
  const segments = path.split('/');
  return segments.map((_, i) => segments.slice(0, i + 1).join('/'));
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function linkError(dir: string, way: string): UsageError {
  return new UsageError(
    `\`${way}\` in \`${dir}\` is a link, and what is written through it would land elsewhere. Remove the link first.`,
  );
}

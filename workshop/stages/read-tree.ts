import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPath } from './check-path.ts';
import { textOf } from './text.ts';
import { type Tree, treeOf } from './tree.ts';
import { UsageError } from './usage-error.ts';
import { walkFiles } from './walk-files.ts';

/** Reads a folder of the workshop's own sources, with Unix line ends; a folder that is not there is an empty tree. */
export async function readTree(dir: string, source: string): Promise<Tree> {
  const found = await walkFiles(dir);
  for (const { path, isPlain } of found) {
    if (!isPlain) throw linkError(path, source);
    checkPath(path, source);
  }
  return treeOf(await Promise.all(found.map(async ({ path }) => [path, await readSource(join(dir, path))] as const)));
}

async function readSource(file: string): Promise<Buffer> {
  const content = await readFile(file);
  const text = textOf(content);
  return text === undefined ? content : Buffer.from(text);
}

function linkError(path: string, source: string): UsageError {
  return new UsageError(
    `\`${source}/${path}\` is a symbolic link. Overlays hold whole files, so that every state can be built anywhere. ` +
      'Replace the link by the file that it points to.',
  );
}

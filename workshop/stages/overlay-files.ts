import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { guardWrites } from './guard-writes.ts';
import { changedPaths, type Tree } from './tree.ts';
import { writeWhole } from './write-whole.ts';

/** Writes what differs between an overlay as it is on disk and as it is to be; gives the paths it touched. */
export async function writeOverlay(dir: string, from: Tree, to: Tree): Promise<readonly string[]> {
  const changed = changedPaths(from, to);
  await guardWrites(dir, changed);
  for (const path of changed) {
    const content = to.get(path);
    if (!content) await rm(join(dir, path), { force: true });
    else await writeFolded(join(dir, path), content);
  }
  return changed;
}

async function writeFolded(file: string, content: Buffer): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeWhole(file, content);
}

import { rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { guardWrites } from '../stages/guard-writes.ts';
import { isSameContent, type Tree } from '../stages/tree.ts';
import type { BenchPlace } from './bench-place.ts';
import { draftDir } from './save-store.ts';
import { writeAtomically } from './write-atomically.ts';

/** The paths that a write touched. */
export type Written = { readonly written: readonly string[]; readonly removed: readonly string[] };

/** Turns the files of one state into those of another: only what differs, each file whole or not at all. */
export async function writeBenchFiles(place: BenchPlace, from: Tree, to: Tree): Promise<Written> {
  const removed = [...from.keys()].filter((path) => !to.has(path));
  const written = [...to.keys()].filter((path) => !isSameContent(from.get(path), to.get(path)));
  await guardWrites(place.dir, [...removed, ...written]);
  // First what goes: a folder may have to make room for a file of its name.
  for (const path of removed) await removeFile(place.dir, path);
  for (const path of written) {
    await removeFolderIfEmpty(join(place.dir, path));
    await writeAtomically(join(place.dir, path), to.get(path) ?? '', draftDir(place.stateDir));
  }
  return { written, removed };
}

async function removeFile(dir: string, path: string): Promise<void> {
  await rm(join(dir, path), { force: true });
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    if (!(await removeFolderIfEmpty(join(dir, folder)))) return;
  }
}

async function removeFolderIfEmpty(folder: string): Promise<boolean> {
  return rmdir(folder).then(
    () => true,
    () => false,
  );
}

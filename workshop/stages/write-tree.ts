import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkPath } from './check-path.ts';
import type { Tree } from './tree.ts';

/** Makes a folder hold exactly this tree: for generated folders only, since what was in it is gone. */
export async function writeTree(dir: string, tree: Tree): Promise<void> {
  for (const path of tree.keys()) checkPath(path, dir);
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  const folders = new Set(Array.from(tree.keys(), (path) => dirname(join(dir, path))));
  await Promise.all(Array.from(folders, (folder) => mkdir(folder, { recursive: true })));
  await Promise.all(Array.from(tree, ([path, content]) => writeFile(join(dir, path), content)));
}

import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Keeps the workspace's package.json beside it, and returns it. One that was kept by a run that broke off is the true one. */
export async function keepManifest(root: string): Promise<string> {
  try {
    return await readFile(join(root, KEPT), 'utf8');
  } catch {
    const manifest = await readFile(join(root, 'package.json'), 'utf8');
    await writeFile(join(root, KEPT), manifest);
    return manifest;
  }
}

/** Puts the workspace's package.json back. */
export async function restoreManifest(root: string): Promise<void> {
  await rename(join(root, KEPT), join(root, 'package.json'));
}

const KEPT = 'package.workspace.json';

import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MissingEntry } from './missing-entries.ts';

/** Writes entries into a folder, each whole or not at all; a file that is there stays. Returns the names written. */
export async function writeEntries(folder: string, entries: readonly MissingEntry[]): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const written: string[] = [];
  for (const { fileName, text } of entries) {
    const path = join(folder, fileName);
    if (existsSync(path)) continue;
    await writeFile(`${path}.draft`, text);
    await rename(`${path}.draft`, path);
    written.push(fileName);
  }
  return written;
}

import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { blobDir, draftDir, manifestDir, readSaveIds, readSaves, saveIdAt } from './save-store.ts';

/** Drops saves that are neither among the newest 200 nor younger than 14 days, and the files that only they held. */
export async function pruneSaves(stateDir: string, now: Date): Promise<void> {
  const youngest = saveIdAt(new Date(now.getTime() - keptMs));
  const old = (await readSaveIds(stateDir)).slice(0, -keptSaves).filter((id) => id < youngest);
  if (old.length === 0) return;
  await Promise.all(old.map((id) => rm(join(manifestDir(stateDir), `${id}.json`), { force: true })));
  const used = new Set((await readSaves(stateDir)).flatMap((save) => Object.values(save.files)));
  await Promise.all([dropUnused(blobDir(stateDir), used, now), dropUnused(draftDir(stateDir), used, now)]);
}

async function dropUnused(dir: string, used: ReadonlySet<string>, now: Date): Promise<void> {
  const names = await readdir(dir).catch(() => []);
  await Promise.all(names.filter((name) => !used.has(name)).map((name) => dropIfOld(join(dir, name), now)));
}

// Another terminal may have written a blob for a save that it has not listed yet.
async function dropIfOld(file: string, now: Date): Promise<void> {
  const modified = await stat(file).then(
    (found) => found.mtimeMs,
    () => Number.POSITIVE_INFINITY,
  );
  if (now.getTime() - modified > unlistedMs) await rm(file, { force: true });
}

const keptSaves = 200;
const keptMs = 14 * 24 * 60 * 60 * 1000;
const unlistedMs = 60 * 60 * 1000;

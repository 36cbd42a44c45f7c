import { readdir, readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { blobId, type Tree, treeOf } from '../stages/tree.ts';
import { isMissing } from '../stages/walk-files.ts';
import { writeAtomically } from './write-atomically.ts';

/** One saved state of the bench. */
export type Save = {
  /** Sorts as the saves were made. */
  readonly id: string;
  readonly at: string;
  readonly reason: string;
  readonly stage: string | undefined;
  /** The save that the bench had been at before. */
  readonly before: string | undefined;
  /** Git's blob id of each file, the bench's mark among them. */
  readonly files: Readonly<Record<string, string>>;
};

/** Keeps every file of a tree, and gives their ids by path. */
export async function writeBlobs(stateDir: string, tree: Tree): Promise<Readonly<Record<string, string>>> {
  const entries = await Promise.all(
    Array.from(tree, async ([path, content]) => [path, await writeBlob(stateDir, content)] as const),
  );
  return Object.fromEntries(entries);
}

async function writeBlob(stateDir: string, content: Buffer): Promise<string> {
  const id = blobId(content);
  const now = new Date();
  // A blob that is used again becomes young again, so that pruning in another terminal leaves it alone.
  const isThere = await utimes(blobFile(stateDir, id), now, now).then(
    () => true,
    () => false,
  );
  if (!isThere) await writeAtomically(blobFile(stateDir, id), content, draftDir(stateDir));
  return id;
}

/** The tree that was kept as these blobs. */
export async function readBlobs(stateDir: string, files: Readonly<Record<string, string>>): Promise<Tree> {
  const entries = Object.entries(files);
  return treeOf(
    await Promise.all(entries.map(async ([path, id]) => [path, await readFile(blobFile(stateDir, id))] as const)),
  );
}

/** The id of a save that is made at this time: ids sort as times do. */
export function saveIdAt(time: Date): string {
  return time.toISOString().replaceAll(/[-:.]/g, '');
}

/** The ids of all saves, oldest first. */
export async function readSaveIds(stateDir: string): Promise<readonly string[]> {
  const names = await readdir(manifestDir(stateDir)).catch((error) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
  return ids.sort();
}

/** All saves, oldest first; one that cannot be read is passed over. */
export async function readSaves(stateDir: string): Promise<readonly Save[]> {
  const ids = await readSaveIds(stateDir);
  const saves = await Promise.all(ids.map((id) => readSave(stateDir, id)));
  return saves.filter((save) => save !== undefined);
}

/** One save by its id, or undefined when there is none that can be read. */
export async function readSave(stateDir: string, id: string): Promise<Save | undefined> {
  try {
    const save: unknown = JSON.parse(await readFile(manifestFile(stateDir, id), 'utf8'));
    return isSave(save) ? save : undefined;
  } catch {
    return undefined;
  }
}

function isSave(value: unknown): value is Save {
  return typeof value === 'object' && value !== null && 'id' in value && 'files' in value && 'at' in value;
}

/** Writes a save's manifest, which makes it exist: its blobs must be there. */
export async function writeSave(stateDir: string, save: Save): Promise<void> {
  await writeAtomically(manifestFile(stateDir, save.id), `${JSON.stringify(save, null, 1)}\n`, draftDir(stateDir));
}

/** The save that the bench is at or came from last. */
export async function readHead(stateDir: string): Promise<Save | undefined> {
  const id = await readFile(headFile(stateDir), 'utf8').catch(() => '');
  const save = id.trim() ? await readSave(stateDir, id.trim()) : undefined;
  return save ?? (await readSaves(stateDir)).at(-1);
}

/** Says which save the bench is at. */
export async function writeHead(stateDir: string, id: string): Promise<void> {
  await writeAtomically(headFile(stateDir), `${id}\n`, draftDir(stateDir));
}

/** Where drafts of files wait to be moved in place: on the bench's own disk, out of the watcher's sight. */
export function draftDir(stateDir: string): string {
  return join(stateDir, 'drafts');
}

/** Where saves are listed. */
export function manifestDir(stateDir: string): string {
  return join(stateDir, 'saved', 'manifests');
}

/** Where the saves' files are kept, each once. */
export function blobDir(stateDir: string): string {
  return join(stateDir, 'saved', 'blobs');
}

function manifestFile(stateDir: string, id: string): string {
  return join(manifestDir(stateDir), `${id}.json`);
}

function blobFile(stateDir: string, id: string): string {
  return join(blobDir(stateDir), id);
}

function headFile(stateDir: string): string {
  return join(stateDir, 'saved', 'head');
}

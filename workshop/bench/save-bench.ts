import { isDeepStrictEqual } from 'node:util';
import type { BenchPlace } from './bench-place.ts';
import { pruneSaves } from './prune-saves.ts';
import { type Bench, filesOfBench, readBench } from './read-bench.ts';
import {
  readHead,
  readSave,
  readSaveIds,
  readSaves,
  type Save,
  saveIdAt,
  writeBlobs,
  writeHead,
  writeSave,
} from './save-store.ts';

/** Saves the bench as it is, and gives the save; undefined when there is no bench. The same state twice is one save. */
export async function saveBench(place: BenchPlace, reason: string, now = new Date()): Promise<Save | undefined> {
  const bench = await readBench(place.dir);
  return bench && saveState(place.stateDir, bench, reason, now);
}

/** Saves a bench that was read already. */
export async function saveState(stateDir: string, bench: Bench, reason: string, now = new Date()): Promise<Save> {
  const [head, files] = await Promise.all([readHead(stateDir), writeBlobs(stateDir, filesOfBench(bench))]);
  if (head && isDeepStrictEqual(head.files, files)) return head;
  const time = await freeTime(stateDir, now);
  const save: Save = {
    id: saveIdAt(time),
    at: time.toISOString(),
    reason,
    stage: bench.stage,
    before: head?.id,
    files,
  };
  await writeSave(stateDir, save);
  await writeHead(stateDir, save.id);
  await pruneSaves(stateDir, now);
  return save;
}

/** All saves, newest first. */
export async function listSaves(place: BenchPlace): Promise<readonly Save[]> {
  return (await readSaves(place.stateDir)).toReversed();
}

// Two saves in one millisecond, or a clock that was set back, must still sort as they were made.
async function freeTime(stateDir: string, now: Date): Promise<Date> {
  const lastId = (await readSaveIds(stateDir)).at(-1);
  if (!lastId || lastId < saveIdAt(now)) return now;
  const last = await readSave(stateDir, lastId);
  return last ? new Date(Date.parse(last.at) + 1) : now;
}

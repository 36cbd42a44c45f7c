import { isDeepStrictEqual } from 'node:util';
import type { BenchPlace } from './bench-place.ts';
import { finishInterruptedWrite } from './interrupted-write.ts';
import { type Overwritten, overwriteBench } from './overwrite-bench.ts';
import { benchOf } from './read-bench.ts';
import { saveBench } from './save-bench.ts';
import { readBlobs, readHead, readSaves, type Save, writeHead } from './save-store.ts';

/** What undo brought back, or undefined when nothing older differs from the bench. */
export type Undone = Overwritten & { readonly broughtBack: Save };

/** Brings back the newest saved state before the present one, which is saved first; again, the one before that. */
export async function undoBench(place: BenchPlace): Promise<Undone | undefined> {
  const interruption = await finishInterruptedWrite(place);
  const present = await saveBench(place, 'undo');
  const broughtBack = present ? await stateBefore(place.stateDir, present) : await readHead(place.stateDir);
  if (!broughtBack) return undefined;
  const to = benchOf(await readBlobs(place.stateDir, broughtBack.files));
  const overwritten = await overwriteBench(place, { to, reason: 'undo' });
  await writeHead(place.stateDir, broughtBack.id);
  return { ...overwritten, interruption, broughtBack };
}

async function stateBefore(stateDir: string, present: Save): Promise<Save | undefined> {
  const saves = await readSaves(stateDir);
  let save: Save | undefined = present;
  while (save && isDeepStrictEqual(save.files, present.files)) save = predecessor(saves, save);
  return save;
}

// Where pruning has cut the chain, the next older save stands in.
function predecessor(saves: readonly Save[], save: Save): Save | undefined {
  const linked = saves.find((other) => other.id === save.before && other.id !== save.id);
  return linked ?? saves.findLast((other) => other.id < save.id);
}

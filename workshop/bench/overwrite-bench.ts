import { checkPath } from '../stages/check-path.ts';
import type { Tree } from '../stages/tree.ts';
import { UsageError } from '../stages/usage-error.ts';
import type { BenchPlace } from './bench-place.ts';
import { claimBench, type Interruption } from './interrupted-write.ts';
import { type Bench, filesOfBench, readBench } from './read-bench.ts';
import { saveState } from './save-bench.ts';
import { type Save, writeBlobs } from './save-store.ts';
import { type Written, writeBenchFiles } from './write-bench-files.ts';
import { announcePlan, giveUpMark, type WritePlan } from './write-mark.ts';

/** What the bench is to become, and what the save of what it was says as its reason. */
export type Overwrite = { readonly to: Pick<Bench, 'stage' | 'tree'>; readonly reason: string };

/** What an overwrite did, and the save that has what was there; undefined when nothing was. */
export type Overwritten = Written & {
  readonly saved: string | undefined;
  readonly interruption: Interruption | undefined;
};

/** Writes the bench: the only function that does. It saves what is there first, and touches nothing when it cannot. */
export async function overwriteBench(place: BenchPlace, { to, reason }: Overwrite): Promise<Overwritten> {
  for (const path of to.tree.keys()) checkPath(path, place.dir);
  await using claim = await claimBench(place);
  const bench = await readBench(place.dir);
  if (bench) refuseIfInTheWay(place, bench, to);
  const { save, files } = await saveBoth(place, { bench, to, reason });
  const plan: WritePlan = { stage: to.stage, saved: save?.id, from: save?.files ?? {}, to: files };
  await announcePlan(place, plan);
  const written = await writeFiles(place, plan, {
    from: bench ? filesOfBench(bench) : new Map(),
    to: filesOfBench(to),
  });
  return { ...written, saved: save?.id, interruption: claim.interruption };
}

async function writeFiles(
  place: BenchPlace,
  plan: WritePlan,
  { from, to }: { from: Tree; to: Tree },
): Promise<Written> {
  try {
    return await writeBenchFiles(place, from, to);
  } catch (error) {
    await giveUpMark(place, plan);
    throw notWrittenError(place, error);
  }
}

type Both = Overwrite & { readonly bench: Bench | undefined };
type Saved = { readonly save: Save | undefined; readonly files: Readonly<Record<string, string>> };

async function saveBoth(place: BenchPlace, { bench, to, reason }: Both): Promise<Saved> {
  try {
    const save = bench && (await saveState(place.stateDir, bench, reason));
    return { save, files: await writeBlobs(place.stateDir, filesOfBench(to)) };
  } catch (error) {
    throw notSavedError(place, error);
  }
}

function refuseIfInTheWay(place: BenchPlace, bench: Bench, to: Pick<Bench, 'tree'>): void {
  const isNear = (a: string, b: string) => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
  for (const path of to.tree.keys()) {
    const obstacle = bench.leftOut.find((left) => isNear(left, path));
    if (obstacle) throw inTheWayError(place, obstacle, path);
  }
}

function inTheWayError(place: BenchPlace, obstacle: string, path: string): UsageError {
  return new UsageError(
    `\`${path}\` would be written where the bench \`${place.dir}\` has \`${obstacle}\`, which is a link or too large to be saved. ` +
      'The bench was not touched. Move it out of the bench first.',
  );
}

function notSavedError(place: BenchPlace, error: unknown): UsageError {
  const why = error instanceof Error ? error.message : String(error);
  return new UsageError(
    `The bench \`${place.dir}\` was not touched, because it could not be saved in \`${place.stateDir}\` first: ${why}. ` +
      'Is the disk full, or the folder not yours?',
    { cause: error },
  );
}

function notWrittenError(place: BenchPlace, error: unknown): UsageError {
  const why = error instanceof Error ? error.message : String(error);
  return new UsageError(
    `The bench \`${place.dir}\` could be written in part only: ${why}. What was there is saved: \`npm run undo\` brings it back. ` +
      'Or remove the obstacle: the next command then finishes what this one began.',
    { cause: error },
  );
}

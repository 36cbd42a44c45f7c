import { findStage } from '../stages/find-stage.ts';
import { readStageDirs, type StageDir } from '../stages/stage-dirs.ts';
import { startTree } from '../stages/stage-trees.ts';
import type { BenchPlace } from './bench-place.ts';
import { withKeptNotes } from './kept-notes.ts';
import { openBench } from './open-bench.ts';
import { type Overwritten, overwriteBench } from './overwrite-bench.ts';
import { readBench } from './read-bench.ts';

/** A bench that was brought to a stage. */
export type Moved = Overwritten & { readonly stage: StageDir };

/** Brings the bench to the start of a stage, as it is for everybody; the learner's notes stay. */
export async function gotoStage(place: BenchPlace, wanted: string): Promise<Moved> {
  const stage = findStage(await readStageDirs(place.root), wanted);
  return moveToStart(place, stage, 'goto');
}

/** Brings the bench back to the start of the stage it stands at, or of the one named. */
export async function resetStage(place: BenchPlace, wanted?: string): Promise<Moved> {
  if (wanted !== undefined) return moveToStart(place, findStage(await readStageDirs(place.root), wanted), 'reset');
  const { stage, interruption } = await openBench(place);
  const moved = await moveToStart(place, stage, 'reset');
  return { ...moved, interruption: interruption ?? moved.interruption };
}

async function moveToStart(place: BenchPlace, stage: StageDir, verb: 'goto' | 'reset'): Promise<Moved> {
  const [start, bench] = await Promise.all([startTree(place.root, stage.number), readBench(place.dir)]);
  const tree = await withKeptNotes(stage, start, bench?.tree);
  return {
    ...(await overwriteBench(place, { to: { stage: stage.slug, tree }, reason: `${verb} ${stage.name}` })),
    stage,
  };
}

import { diffTrees, type FileDiff } from '../stages/diff-trees.ts';
import { findStage } from '../stages/find-stage.ts';
import type { StageDir } from '../stages/stage-dirs.ts';
import { solutionTree, startTree } from '../stages/stage-trees.ts';
import type { BenchPlace } from './bench-place.ts';
import { withKeptNotes } from './kept-notes.ts';
import { openBench } from './open-bench.ts';

/** What to compare the bench with: what it grew from, or what it is to become. */
export type DiffAgainst = 'start' | 'solution';

/** What differs, file by file: from the start to the bench, or from the bench to the solution. */
export type BenchDiff = {
  readonly stage: StageDir;
  readonly against: DiffAgainst;
  readonly files: readonly FileDiff[];
};

/** Compares the bench with the start or solution of its stage, or of the one named. */
export async function diffBench(place: BenchPlace, against: DiffAgainst, wanted?: string): Promise<BenchDiff> {
  const open = await openBench(place);
  const stage = wanted === undefined ? open.stage : findStage(open.stages, wanted);
  const bench = open.bench.tree;
  if (against === 'start') {
    return { stage, against, files: diffTrees(await startTree(place.root, stage.number), bench) };
  }
  const solution = await withKeptNotes(stage, await solutionTree(place.root, stage.number), bench);
  return { stage, against, files: diffTrees(bench, solution) };
}

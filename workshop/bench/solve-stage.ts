import { findStage } from '../stages/find-stage.ts';
import { solutionTree, startTree } from '../stages/stage-trees.ts';
import { treeId } from '../stages/tree.ts';
import { UsageError } from '../stages/usage-error.ts';
import type { BenchPlace } from './bench-place.ts';
import type { Moved } from './goto-stage.ts';
import { withKeptNotes } from './kept-notes.ts';
import { openBench } from './open-bench.ts';
import { overwriteBench } from './overwrite-bench.ts';

/** Makes the bench the solution of its stage, or of the one named; the learner's notes stay. */
export async function solveStage(place: BenchPlace, wanted?: string): Promise<Moved> {
  const open = await openBench(place);
  const stage = wanted === undefined ? open.stage : findStage(open.stages, wanted);
  const [start, solution] = [await startTree(place.root, stage.number), await solutionTree(place.root, stage.number)];
  if (treeId(start) === treeId(solution)) throw noSolutionError(stage.name);
  const tree = await withKeptNotes(stage, solution, open.bench.tree);
  const to = { stage: stage.slug, tree };
  const overwritten = await overwriteBench(place, { to, reason: `solve ${stage.name}` });
  return { ...overwritten, interruption: open.interruption ?? overwritten.interruption, stage };
}

function noSolutionError(name: string): UsageError {
  return new UsageError(
    `Stage \`${name}\` has no solution to copy: its answer is yours. Read \`exercises/${name}/README.md\`, or go on: \`npm run next\`.`,
  );
}

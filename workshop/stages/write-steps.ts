import { join } from 'node:path';
import { proposeSteps } from './propose-steps.ts';
import type { StageDir } from './stage-dirs.ts';
import { solutionTree, startTree } from './stage-trees.ts';
import { formatSteps, readSteps } from './steps.ts';
import type { Tree } from './tree.ts';
import { writeWhole } from './write-whole.ts';

/** Brings a stage's `steps.yaml` up to date with its solution, and gives the titles that an author has yet to write. */
export async function authorSteps(root: string, stage: StageDir): Promise<readonly string[]> {
  const [start, solution] = await Promise.all([startTree(root, stage.number), solutionTree(root, stage.number)]);
  return writeSteps(stage, start, solution);
}

/** Writes the steps between two states of a stage; those that still hold keep their titles and their order. */
export async function writeSteps(stage: StageDir, start: Tree, solution: Tree): Promise<readonly string[]> {
  const steps = proposeSteps(start, solution, await readSteps(stage));
  await writeWhole(join(stage.solutionDir, 'steps.yaml'), formatSteps(steps));
  return steps.map((step) => step.title).filter((title) => title.startsWith('??'));
}

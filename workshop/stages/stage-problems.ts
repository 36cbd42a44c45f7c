import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { checkBases, type MovedBase } from './bases.ts';
import { readStepPath } from './next-step.ts';
import { readStageDirs, type StageDir } from './stage-dirs.ts';
import { solutionTree } from './stage-trees.ts';
import { readSubmissions } from './submissions.ts';
import { changedPaths } from './tree.ts';
import { UsageError } from './usage-error.ts';

/** What does not hold together in a project's stages, a sentence each: bases, steps, submissions, stray folders. */
export async function stageProblems(root: string): Promise<readonly string[]> {
  const stages = await readStageDirs(root);
  const perStage = stages.map(async (stage) => [
    ...(await told(() => stepProblems(root, stage))),
    ...(await told(async () => void (await readSubmissions(root, stage)))),
  ]);
  const bases = await checkBases(root);
  return [...(await straySolutions(root, stages)), ...bases.map(baseProblem), ...(await Promise.all(perStage)).flat()];
}

async function told(find: () => Promise<readonly string[] | undefined>): Promise<readonly string[]> {
  try {
    return (await find()) ?? [];
  } catch (error) {
    if (error instanceof UsageError) return [error.message];
    throw error;
  }
}

async function stepProblems(root: string, stage: StageDir): Promise<readonly string[]> {
  const [{ steps, trees }, solution] = await Promise.all([readStepPath(root, stage), solutionTree(root, stage.number)]);
  const off = changedPaths(trees.at(-1) ?? new Map(), solution).map((path) => `\`${path}\``);
  const untitled = steps.filter((step) => step.title.startsWith('??')).length;
  const source = `\`solutions/${stage.name}/steps.yaml\``;
  const repair = `Run \`npm run author steps ${stage.number}\`, then write the titles that begin with "??".`;
  return [
    ...(off.length > 0 ? [`The steps in ${source} do not lead to the solution in ${off.join(', ')}. ${repair}`] : []),
    ...(untitled > 0 ? [`${source} has ${untitled} steps without a title of their own: they begin with "??".`] : []),
  ];
}

function baseProblem({ source, stage, recorded }: MovedBase): string {
  return recorded === undefined
    ? `\`${source}\` is not in \`solutions/${stage.name}/bases.json\`. Note what it was written on: \`npm run author record\`.`
    : `\`${source}\` was written on another file than the one below it now. Bring it along: \`npm run author rebase\`.`;
}

async function straySolutions(root: string, stages: readonly StageDir[]): Promise<readonly string[]> {
  const names = await readdir(join(root, 'solutions')).catch(() => []);
  const stray = names.filter((name) => /^\d\d-/.test(name) && !stages.some((stage) => stage.name === name));
  return stray.map((name) => `\`solutions/${name}\` belongs to no stage: there is no \`exercises/${name}\`.`);
}

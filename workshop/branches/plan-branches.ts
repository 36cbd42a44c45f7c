import { wrap } from 'trace-shapes/render';
import { filesOfBench } from '../bench/read-bench.ts';
import { listStages, type Stage } from '../stages/list-stages.ts';
import { solutionTree, startTree } from '../stages/stage-trees.ts';
import { changedPaths, type Tree } from '../stages/tree.ts';

/** A branch to build: the bench that it adds to the project, and what its commit says. Each stands on the one before. */
export type PlannedBranch = {
  readonly name: string;
  /** Everything in the bench, its mark too. */
  readonly bench: Tree;
  readonly subject: string;
  readonly body: string;
  /** The folder that its lines come from. */
  readonly source: string;
};

/** The branches of all stages of a project in order. A stage without a solution has none for it. */
export async function planBranches(root: string): Promise<readonly PlannedBranch[]> {
  const stages = await listStages(root);
  return (await Promise.all(stages.map((stage) => branchesOf(root, stage)))).flat();
}

async function branchesOf(root: string, stage: Stage): Promise<readonly PlannedBranch[]> {
  const [start, solution] = await Promise.all([startTree(root, stage.number), solutionTree(root, stage.number)]);
  const { name, definition } = stage;
  const task = `Task: exercises/${name}/README.md`;
  const exercise: PlannedBranch = {
    name: `exercise/${name}`,
    bench: benchOf(stage, start),
    subject: `Begin ${name}: ${definition.title}`,
    body: [...wrap(definition.goal, WIDTH), '', task, 'Edit:', ...definition.edit.flatMap(listed)].join('\n'),
    source: `exercises/${name}`,
  };
  if (changedPaths(start, solution).length === 0) return [exercise];
  return [
    exercise,
    {
      name: `solution/${name}`,
      bench: benchOf(stage, solution),
      subject: `Solve ${name}: ${definition.title}`,
      body: [...wrap(`What to notice: ${definition.notice}`, WIDTH), '', task].join('\n'),
      source: `solutions/${name}`,
    },
  ];
}

function listed(line: string): readonly string[] {
  return wrap(`workbench/${line}`, WIDTH - 2).map((part, i) => (i === 0 ? '- ' : '  ') + part);
}

function benchOf({ slug }: Stage, tree: Tree): Tree {
  return filesOfBench({ stage: slug, tree });
}

/** As git's own tools show it without wrapping. */
const WIDTH = 72;

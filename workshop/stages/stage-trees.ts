import { join } from 'node:path';
import { stageNumbered } from './find-stage.ts';
import { layOver } from './overlay.ts';
import { readTree } from './read-tree.ts';
import { readStageDirs, type StageDir } from './stage-dirs.ts';
import { type Tree, withFiles } from './tree.ts';
import { UsageError } from './usage-error.ts';

/** One of the trees that a state is laid from, with the folder that it was read from. */
export type Layer = { readonly source: string; readonly tree: Tree };

/** The app once stage `number` is solved. */
export async function solutionTree(root: string, number: number): Promise<Tree> {
  return layLayers(await readLayers(root, number, 'solution'));
}

/** The app before stage `number` is solved: the stage before, and over it what this one hands out. */
export async function startTree(root: string, number: number): Promise<Tree> {
  return layLayers(await readLayers(root, number, 'start'));
}

/** The layers of a state from the bottom up: the legacy app, then of each stage what it hands out and its solution. */
export async function readLayers(root: string, number: number, until: 'start' | 'solution'): Promise<readonly Layer[]> {
  const stages = await readStageDirs(root);
  const last = stageNumbered(stages, number);
  const layers = [readLegacyApp(root)];
  for (const stage of stages.filter((stage) => stage.number <= last.number)) {
    layers.push(readStartOverlay(stage));
    if (stage !== last || until === 'solution') layers.push(readSolutionOverlay(stage));
  }
  return Promise.all(layers);
}

/** The tree that layers make, laid one over the other. */
export function layLayers(layers: readonly Layer[]): Tree {
  return layers.reduce<Tree>((tree, layer) => layOver(tree, layer.tree), new Map());
}

/** The files that a stage hands out, to lay over the stage before. */
export async function readStartOverlay(stage: StageDir): Promise<Layer> {
  const source = `exercises/${stage.name}/start`;
  return { source, tree: await readTree(join(stage.exerciseDir, 'start'), source) };
}

/** The files that a stage's solution changes, without what is generated about them. */
export async function readSolutionOverlay(stage: StageDir): Promise<Layer> {
  const source = `solutions/${stage.name}`;
  const tree = await readTree(stage.solutionDir, source);
  return {
    source,
    tree: withFiles(
      tree,
      notOverlay.map((path) => [path, undefined] as const),
    ),
  };
}

const notOverlay = ['steps.yaml', 'bases.json'];

/** The shop as found, which every state is laid on. */
export async function readLegacyApp(root: string): Promise<Layer> {
  const tree = await readTree(join(root, 'legacy-app'), 'legacy-app');
  if (tree.size > 0) return { source: 'legacy-app', tree };
  throw new UsageError('The folder `legacy-app` is missing or empty. Bring it back: `git checkout -- legacy-app`.');
}

import type { Stage } from './list-stages.ts';
import { isDeletion } from './overlay.ts';
import { type Layer, layLayers, readLayers } from './stage-trees.ts';
import { readSubmissions } from './submissions.ts';
import type { Tree } from './tree.ts';

/** A state of the app that must be free of type errors, and where each of its files comes from. */
export type CheckedState = {
  /** Names the state and the folder that it is written to. */
  readonly name: string;
  readonly tree: Tree;
  /** The path, from the project's root, of what gave this file its text. */
  readonly sourceOf: (path: string) => string;
};

/** The states of a stage that must be free of type errors: its start, its solution, its right submissions. */
export async function checkedStates(root: string, stage: Stage): Promise<readonly CheckedState[]> {
  const [start, solution, submissions] = await Promise.all([
    readLayers(root, stage.number, 'start'),
    readLayers(root, stage.number, 'solution'),
    readSubmissions(root, stage),
  ]);
  const right = submissions.filter((submission) => submission.kind === 'right');
  return [
    ...(stage.definition.startHasTypeErrors ? [] : [stateOf(`${stage.name}-start`, start)]),
    stateOf(`${stage.name}-solution`, solution),
    ...right.map(({ name, source, tree }) => ({
      name: `${stage.name}-${name}`,
      tree,
      sourceOf: (path: string) => `${source} (${path})`,
    })),
  ];
}

function stateOf(name: string, layers: readonly Layer[]): CheckedState {
  const sourceOf = (path: string) => {
    const layer = layers.findLast(({ tree }) => tree.has(path) && !isDeletion(tree.get(path) ?? Buffer.from('')));
    return layer ? `${layer.source}/${path}` : path;
  };
  return { name, tree: layLayers(layers), sourceOf };
}

import { isDeepStrictEqual } from 'node:util';
import { type Bases, basesOn, readBases } from './bases.ts';
import { mergeFiles } from './merge-files.ts';
import { findBase } from './old-base.ts';
import { isDeletion, layOver } from './overlay.ts';
import { readStageDirs, type StageDir } from './stage-dirs.ts';
import { type Layer, readLegacyApp, readSolutionOverlay, readStartOverlay } from './stage-trees.ts';
import { blobId, isSameContent, type Tree, withFiles } from './tree.ts';

/** What the overlays of one stage become when they are brought onto what lies below them now. */
export type RebasedStage = {
  readonly stage: StageDir;
  readonly start: RebasedOverlay;
  readonly solution: RebasedOverlay;
  readonly bases: Bases;
  /** Whether its `bases.json` says something else, so that the stage has to be written. */
  readonly isMoved: boolean;
  /** The app before the stage is solved, and after; with conflict markers where there are conflicts. */
  readonly startState: Tree;
  readonly solutionState: Tree;
};

/** An overlay before and after, and the paths in which both sides changed the same lines. */
export type RebasedOverlay = { readonly before: Tree; readonly after: Tree; readonly conflicts: readonly string[] };

/** The solution of a stage that is about to be saved: taken as it is, on what lies below it now. */
export type EditedSolution = { readonly stage: StageDir; readonly overlay: Tree };

/** Brings every stage's overlays onto what lies below them, in order, up to the first stage with a conflict. */
export async function planRebase(root: string, edited?: EditedSolution): Promise<readonly RebasedStage[]> {
  const plan: RebasedStage[] = [];
  let { tree } = await readLegacyApp(root);
  for (const stage of await readStageDirs(root)) {
    const rebased = await rebaseStage(root, { stage, below: tree, edited });
    plan.push(rebased);
    if (hasConflicts(rebased)) break;
    tree = rebased.solutionState;
  }
  return plan;
}

/** Whether a person has to settle something in this stage. */
export function hasConflicts({ start, solution }: RebasedStage): boolean {
  return start.conflicts.length + solution.conflicts.length > 0;
}

type StageBelow = { readonly stage: StageDir; readonly below: Tree; readonly edited: EditedSolution | undefined };

async function rebaseStage(root: string, { stage, below, edited }: StageBelow): Promise<RebasedStage> {
  const [bases, startLayer, solutionLayer] = await Promise.all([
    readBases(stage),
    readStartOverlay(stage),
    readSolutionOverlay(stage),
  ]);
  const start = await rebaseOverlay(root, { layer: startLayer, below, recorded: bases.start });
  const startState = layOver(below, start.after);
  const solution =
    edited?.stage.name === stage.name
      ? { before: solutionLayer.tree, after: edited.overlay, conflicts: [] }
      : await rebaseOverlay(root, { layer: solutionLayer, below: startState, recorded: bases.solution });
  const now = { start: basesOn(below, start.after), solution: basesOn(startState, solution.after) };
  return {
    stage,
    start,
    solution,
    bases: now,
    isMoved: solution.after.size > 0 && !isDeepStrictEqual(bases, now),
    startState,
    solutionState: layOver(startState, solution.after),
  };
}

type OverlayBelow = { readonly layer: Layer; readonly below: Tree; readonly recorded: Bases['start'] };

async function rebaseOverlay(root: string, { layer, below, recorded }: OverlayBelow): Promise<RebasedOverlay> {
  const conflicts: string[] = [];
  let after = layer.tree;
  for (const [path, ours] of layer.tree) {
    const now = below.get(path);
    const id = recorded[path];
    // What was never recorded is taken as written on what is there now; what is deleted stays so.
    if (id === undefined || id === (now ? blobId(now) : null) || isDeletion(ours)) continue;
    const base = id === null ? undefined : await findBase(root, id, `${layer.source}/${path}`);
    const merge = mergeFiles({ ours, base, theirs: now }, { ours: layer.source, theirs: 'what lies below it now' });
    if (!merge.ok) conflicts.push(path);
    const content = merge.ok ? merge.content : merge.marked;
    after = withFiles(after, [[path, isSameContent(content, now) ? undefined : content]]);
  }
  return { before: layer.tree, after, conflicts };
}

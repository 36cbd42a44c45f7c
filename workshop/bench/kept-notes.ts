import type { StageDir } from '../stages/stage-dirs.ts';
import { readSolutionOverlay, readStartOverlay } from '../stages/stage-trees.ts';
import { type Tree, withFiles } from '../stages/tree.ts';

/** The learner's own notes, which go along from stage to stage. */
const notes = 'INCIDENT.md';

/** A state of a stage with the learner's notes in it, unless that stage itself hands them out. */
export async function withKeptNotes(stage: StageDir, state: Tree, bench: Tree | undefined): Promise<Tree> {
  const kept = bench?.get(notes);
  if (!kept) return state;
  const [start, solution] = await Promise.all([readStartOverlay(stage), readSolutionOverlay(stage)]);
  const isHandedOut = start.tree.has(notes) || solution.tree.has(notes);
  return isHandedOut ? state : withFiles(state, [[notes, kept]]);
}

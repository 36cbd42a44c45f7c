import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeBases } from './bases.ts';
import { keepBase } from './old-base.ts';
import { writeOverlay } from './overlay-files.ts';
import type { RebasedStage } from './plan-rebase.ts';
import { writeSteps } from './write-steps.ts';

/** What was written of a stage: overlay files by their own path, and steps whose title an author has yet to write. */
export type WrittenStage = { readonly written: readonly string[]; readonly untitled: readonly string[] };

/** Writes a stage's overlays with what is generated about them; a stage without a solution gets none. */
export async function writeRebasedStage(root: string, rebased: RebasedStage): Promise<WrittenStage> {
  const { stage, start, solution } = rebased;
  const inStart = await writeOverlay(join(stage.exerciseDir, 'start'), start.before, start.after);
  if (solution.before.size + solution.after.size === 0)
    return { written: named(inStart, `exercises/${stage.name}/start`), untitled: [] };
  await mkdir(stage.solutionDir, { recursive: true });
  const inSolution = await writeOverlay(stage.solutionDir, solution.before, solution.after);
  await writeBases(stage, rebased.bases);
  await keepBases(root, rebased);
  const written = [...named(inStart, `exercises/${stage.name}/start`), ...named(inSolution, `solutions/${stage.name}`)];
  return { written, untitled: await writeSteps(stage, rebased.startState, rebased.solutionState) };
}

function named(paths: readonly string[], folder: string): readonly string[] {
  return paths.map((path) => `${folder}/${path}`);
}

async function keepBases(root: string, { startState, solution }: RebasedStage): Promise<void> {
  const bases = Array.from(solution.after.keys(), (path) => startState.get(path));
  await Promise.all(bases.map((base) => base && keepBase(root, base)));
}

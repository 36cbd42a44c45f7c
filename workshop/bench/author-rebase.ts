import { hasConflicts, planRebase, type RebasedStage } from '../stages/plan-rebase.ts';
import type { StageDir } from '../stages/stage-dirs.ts';
import { UsageError } from '../stages/usage-error.ts';
import { writeRebasedStage } from '../stages/write-rebased-stage.ts';
import type { BenchPlace } from './bench-place.ts';
import { overwriteBench } from './overwrite-bench.ts';

/** The overlays that were brought onto what lies below them, and the stage that waits in the bench for its author. */
export type AuthorRebased = {
  readonly written: readonly string[];
  readonly untitled: readonly string[];
  readonly conflict:
    | { readonly stage: StageDir; readonly files: readonly string[]; readonly saved: string | undefined }
    | undefined;
};

/** Rebases the overlays whose base has changed and the chain after each; conflicts go to the bench, with markers. */
export async function authorRebase(place: BenchPlace): Promise<AuthorRebased> {
  const plan = await planRebase(place.root);
  const results = [];
  for (const planned of plan.filter((planned) => planned.isMoved && !hasConflicts(planned))) {
    results.push(await writeRebasedStage(place.root, planned));
  }
  const stuck = plan.find(hasConflicts);
  const conflict = stuck && (await bringToBench(place, stuck));
  return { written: results.flatMap((r) => r.written), untitled: results.flatMap((r) => r.untitled), conflict };
}

async function bringToBench(place: BenchPlace, stuck: RebasedStage): Promise<NonNullable<AuthorRebased['conflict']>> {
  const { stage, start, solution, solutionState } = stuck;
  if (start.conflicts.length > 0) throw startError(stage, start.conflicts);
  const to = { stage: stage.slug, tree: solutionState };
  const { saved } = await overwriteBench(place, { to, reason: `author rebase of ${stage.name}` });
  return { stage, files: solution.conflicts, saved };
}

function startError(stage: StageDir, paths: readonly string[]): UsageError {
  const files = paths.map((path) => `\`exercises/${stage.name}/start/${path}\``).join(', ');
  return new UsageError(
    `What \`${stage.name}\` hands out no longer fits what lies below it: ${files}. ` +
      'Edit it by hand, then note that it is right: `npm run author record`.',
  );
}

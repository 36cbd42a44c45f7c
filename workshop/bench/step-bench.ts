import { findStage } from '../stages/find-stage.ts';
import { layStep, progressOf, readStepPath } from '../stages/next-step.ts';
import type { StageDir } from '../stages/stage-dirs.ts';
import { UsageError } from '../stages/usage-error.ts';
import type { BenchPlace } from './bench-place.ts';
import { openBench } from './open-bench.ts';
import { type Overwritten, overwriteBench } from './overwrite-bench.ts';

/** What became of a step: laid on the bench, or nothing left to lay, or the learner's own lines in its way. */
export type Stepped =
  | (Overwritten & StepAt & { readonly kind: 'laid' })
  | { readonly kind: 'all-there'; readonly stage: StageDir; readonly total: number }
  | (StepAt & { readonly kind: 'in-the-way'; readonly conflicts: readonly string[]; readonly patch: string });

/** A step by its place in its stage, counted from 1. */
export type StepAt = {
  readonly stage: StageDir;
  readonly number: number;
  readonly total: number;
  readonly title: string;
};

/** Lays the next step of its stage on the bench; what is in the way leaves the bench untouched. */
export async function stepBench(place: BenchPlace, wanted?: string): Promise<Stepped> {
  const { bench, stage, stages } = await openBench(place);
  if (wanted !== undefined && findStage(stages, wanted) !== stage)
    throw elsewhereError(stage, findStage(stages, wanted));
  const path = await readStepPath(place.root, stage);
  const { next } = progressOf(path, bench.tree);
  const total = path.steps.length;
  if (!next) return { kind: 'all-there', stage, total };
  const at: StepAt = { stage, number: next.index + 1, total, title: next.step.title };
  const laid = layStep(path, next.index, bench.tree);
  if (!laid.ok) return { ...at, kind: 'in-the-way', conflicts: laid.conflicts, patch: next.step.patch };
  const reason = `step ${at.number} of ${stage.name}`;
  return {
    ...at,
    ...(await overwriteBench(place, { to: { stage: stage.slug, tree: laid.tree }, reason })),
    kind: 'laid',
  };
}

function elsewhereError(here: StageDir, there: StageDir): UsageError {
  return new UsageError(
    `The bench stands at \`${here.name}\`, so a step of \`${there.name}\` cannot be laid. ` +
      `Lay the next one of its own (\`npm run step\`), or go there first: \`npm run goto ${there.number}\`.`,
  );
}

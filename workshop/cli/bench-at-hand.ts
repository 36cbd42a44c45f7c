import { type BenchPlace, benchPlace } from '../bench/bench-place.ts';
import { openBench } from '../bench/open-bench.ts';
import { readBench } from '../bench/read-bench.ts';
import { findStage } from '../stages/find-stage.ts';
import { listStages, type Stage } from '../stages/list-stages.ts';
import { UsageError } from '../stages/usage-error.ts';
import { type Surroundings, typedPath } from './surroundings.ts';
import { noteInterruption } from './told-moves.ts';

/** The learner's bench, made if there was none, and the stage that a command is about. */
export type BenchAtHand = {
  readonly place: BenchPlace;
  readonly stages: readonly Stage[];
  /** The stage that was asked for, or else the bench's own. */
  readonly stage: Stage;
};

/** Finds the bench and the stage that the user means; says so when it had to make the bench, or to finish a write. */
export async function takeBench(surroundings: Surroundings, wanted?: string): Promise<BenchAtHand> {
  const { root, note } = surroundings;
  const place = benchPlace(root);
  const stages = await listStages(root);
  if (wanted !== undefined) findStage(stages, wanted);
  const open = await openBench(place);
  if (open.made) note(`There was no bench yet: made \`workbench/\` at ${open.stage.name}.`);
  noteInterruption(surroundings, open.interruption);
  return { place, stages, stage: findStage(stages, wanted ?? open.stage.slug) };
}

/** Takes another copy of the app than the bench, as it is; nothing is made or finished for it. */
export async function takeCopy(surroundings: Surroundings, app: string, wanted?: string): Promise<BenchAtHand> {
  const { root } = surroundings;
  const place = benchPlace(root, typedPath(surroundings, app));
  const [stages, copy] = await Promise.all([listStages(root), readBench(place.dir)]);
  if (!copy) throw new UsageError(`There is no app in \`${app}\`: the folder is missing or empty.`);
  const named = wanted ?? copy.stage;
  if (named !== undefined) return { place, stages, stage: findStage(stages, named) };
  throw new UsageError(`\`${app}\` does not say its stage. Name it: \`npm run check 1 -- --app ${app}\`.`);
}

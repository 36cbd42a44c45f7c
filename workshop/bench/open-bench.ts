import { findStage, stageOfMark } from '../stages/find-stage.ts';
import { readStageDirs, type StageDir } from '../stages/stage-dirs.ts';
import { startTree } from '../stages/stage-trees.ts';
import { UsageError } from '../stages/usage-error.ts';
import type { BenchPlace } from './bench-place.ts';
import { finishInterruptedWrite, type Interruption } from './interrupted-write.ts';
import { overwriteBench } from './overwrite-bench.ts';
import { type Bench, readBench } from './read-bench.ts';

/** A bench that is there, with the stage it stands at. */
export type OpenBench = {
  readonly bench: Bench;
  readonly stage: StageDir;
  readonly stages: readonly StageDir[];
  /** Whether this call made the bench. */
  readonly made: boolean;
  /** A write that an earlier command did not finish. */
  readonly interruption: Interruption | undefined;
};

/** Reads the bench and its stage, and makes it at the first stage if there is none. */
export async function openBench(place: BenchPlace): Promise<OpenBench> {
  const stages = await readStageDirs(place.root);
  const interruption = await finishInterruptedWrite(place);
  const found = await readBench(place.dir);
  const bench = found ?? (await makeBench(place, stages));
  return { bench, stage: stageOf(place, bench, stages), stages, made: !found, interruption };
}

async function makeBench(place: BenchPlace, stages: readonly StageDir[]): Promise<Bench> {
  const first = stages[0] ?? findStage(stages, '0');
  const to = { stage: first.slug, tree: await startTree(place.root, first.number) };
  await overwriteBench(place, { to, reason: 'a new bench' });
  return { ...to, leftOut: [] };
}

function stageOf(place: BenchPlace, bench: Bench, stages: readonly StageDir[]): StageDir {
  if (bench.stage) return stageOfMark(stages, bench.stage);
  throw new UsageError(
    `The bench \`${place.dir}\` does not say its stage: the file \`.stage\` in it is missing. ` +
      'Write the name of the stage in it, such as "first-span", or start a stage afresh: `npm run goto 1`. What is there is saved first.',
  );
}

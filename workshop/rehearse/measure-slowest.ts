import { overwriteBench } from '../bench/overwrite-bench.ts';
import type { Bench } from '../bench/read-bench.ts';
import { median } from '../ledger/median.ts';
import { findStage } from '../stages/find-stage.ts';
import { measureFloor } from './measure-floor.ts';
import { checkStep, type RehearsalPlan, type RehearsedStep } from './rehearse-track.ts';

/** The slowest step, done again in turn with the least that it could take: medians in milliseconds, and of the ratios. */
export type SlowestStep = {
  readonly step: RehearsedStep;
  readonly tookMs: number;
  readonly floorMs: number;
  readonly ratio: number;
};

/**
 * Takes the slowest step again, some rounds in turn with its floor, so that what else the machine did in that one moment
 * is not held against it. A step that was run twice has the floor of two runs.
 */
export async function measureSlowest(
  plan: RehearsalPlan,
  { step, bench }: { readonly step: RehearsedStep; readonly bench: Bench },
  rounds: number,
): Promise<SlowestStep> {
  const { place, stages, bay } = plan;
  const stage = findStage(stages, step.stage);
  await overwriteBench(place, { to: bench, reason: 'the slowest step again' });
  const pairs: { readonly tookMs: number; readonly floorMs: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const { tookMs, runs } = await checkStep(plan, stage, step.title);
    pairs.push({ tookMs, floorMs: runs * (await measureFloor(place, stage, bay)) });
  }
  return {
    step,
    tookMs: median(pairs.map(({ tookMs }) => tookMs)),
    floorMs: median(pairs.map(({ floorMs }) => floorMs)),
    ratio: median(pairs.map(({ tookMs, floorMs }) => tookMs / floorMs)),
  };
}

import type { Objective } from '../read/objective.ts';
import type { Engine } from '../store/engine.ts';
import { deriveObjectives } from './derive-objectives.ts';
import { judgeObjectives, type ObjectiveClock } from './judge-objectives.ts';
import type { ObjectiveStatus } from './objective-status.ts';

/** Objectives with those that are derived from them, each below its own, all by the same measure. */
export async function reportObjectives(
  engine: Engine,
  declared: readonly Objective[],
  clock: ObjectiveClock,
): Promise<readonly ObjectiveStatus[]> {
  const all: Objective[] = [];
  for (const objective of declared) all.push(objective, ...(await deriveObjectives(engine, objective)));
  return judgeObjectives(engine, all, clock);
}

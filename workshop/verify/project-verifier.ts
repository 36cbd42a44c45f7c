import { join } from 'node:path';
import { createPaint } from 'trace-shapes/render';
import type { StageVerdict } from '../check/stage-verdict.ts';
import { renderStageVerdict } from '../render/render-stage-verdict.ts';
import { listStages, type Stage } from '../stages/list-stages.ts';
import { openVerifier, type Verifier } from './open-verifier.ts';

/** This project's own folder. */
export const root = join(import.meta.dirname, '../..');

/** A verifier of this project with the stages that make traces, for tests. */
export async function openProjectVerifier(): Promise<{
  readonly verifier: Verifier;
  readonly stages: readonly Stage[];
  readonly traced: readonly Stage[];
}> {
  const stages = await listStages(root);
  const traced = stages.filter(({ definition }) => definition.processes.length > 0);
  return { verifier: await openVerifier({ root, nodePath: process.execPath }), stages, traced };
}

/** A verdict as a learner would see it: what a failing test of the matrix shows. */
export function shown(verdict: StageVerdict): string {
  return renderStageVerdict(verdict, { width: 100, paint: createPaint(false) }, { title: 'as a learner sees it' });
}

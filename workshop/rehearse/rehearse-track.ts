import type { BenchPlace } from '../bench/bench-place.ts';
import { gotoStage } from '../bench/goto-stage.ts';
import { nextStage } from '../bench/next-stage.ts';
import { type Bench, readBench } from '../bench/read-bench.ts';
import { solveStage } from '../bench/solve-stage.ts';
import { stepBench } from '../bench/step-bench.ts';
import type { Bay } from '../check/run-stage.ts';
import { findStage } from '../stages/find-stage.ts';
import type { Stage } from '../stages/list-stages.ts';
import { UsageError } from '../stages/usage-error.ts';
import { checkBench } from '../watch/check-bench.ts';
import { countLinesTyped } from '../watch/lines-typed.ts';
import type { Track, TrackStop } from './tracks.ts';

/** One save on the way, as a presenter makes it. */
export type RehearsedStep = {
  readonly stage: string;
  readonly title: string;
  /** From the save to the verdict. */
  readonly tookMs: number;
  /** How often the app was run for it: silence is run twice, to find its reason. */
  readonly runs: number;
  /** What the verdict says: `pass`, or the first finding's code. */
  readonly verdict: string;
};

/** A stage of the track, walked. */
export type RehearsedStop = {
  readonly stage: string;
  readonly how: TrackStop['how'];
  readonly steps: readonly RehearsedStep[];
  /** Lines that were typed; none for what was told or shown. */
  readonly linesTyped: number;
  readonly passed: boolean;
};

/** What a rehearsal works with: a bench of its own. */
export type RehearsalPlan = {
  readonly place: BenchPlace;
  readonly stages: readonly Stage[];
  readonly track: Track;
  readonly bay: Bay;
  /** Told each step, with the bench as it was checked. */
  readonly onStep: (step: RehearsedStep, bench: Bench) => void;
  readonly deadlineMs: number | undefined;
  readonly signal: AbortSignal;
};

/** Walks a track as a presenter would: step by step, a check after each, and on to the next stage with the same bench. */
export async function rehearseTrack(plan: RehearsalPlan): Promise<readonly RehearsedStop[]> {
  const { place, stages, track } = plan;
  const walked: RehearsedStop[] = [];
  for (const stop of track.stops) {
    const stage = findStage(stages, stop.stage);
    await goTo(plan, stage, walked.at(-1));
    const steps = await walkStop(plan, stage, stop.how);
    const passed = steps.at(-1)?.verdict === 'pass';
    const linesTyped = stop.how === 'typed' ? await countLinesTyped(place) : 0;
    walked.push({ stage: stage.name, how: stop.how, steps, linesTyped, passed });
  }
  return walked;
}

/** By the presenter's own key from a solved stage to the one after it; else by the clean start of the one that is meant. */
async function goTo({ place, stages }: RehearsalPlan, stage: Stage, last: RehearsedStop | undefined): Promise<void> {
  const before = stages[stages.indexOf(stage) - 1];
  if (last?.passed && last.stage === before?.name) await nextStage(place);
  else await gotoStage(place, stage.slug);
}

async function walkStop(plan: RehearsalPlan, stage: Stage, how: TrackStop['how']): Promise<readonly RehearsedStep[]> {
  const { place } = plan;
  if (how === 'told') return [await take(plan, stage, 'as it is handed out')];
  if (how === 'shown') {
    await solveStage(place);
    return [await take(plan, stage, 'the whole solution')];
  }
  const steps: RehearsedStep[] = [];
  for (;;) {
    const laid = await stepBench(place);
    if (laid.kind === 'all-there') return steps;
    if (laid.kind === 'in-the-way') throw inTheWayError(stage, laid.title, laid.conflicts);
    steps.push(await take(plan, stage, laid.title));
  }
}

async function take(plan: RehearsalPlan, stage: Stage, title: string): Promise<RehearsedStep> {
  const step = await checkStep(plan, stage, title);
  const bench = await readBench(plan.place.dir);
  if (bench) plan.onStep(step, bench);
  return step;
}

/** Checks the bench as it is, in a warm workshop. */
export async function checkStep(
  plan: Omit<RehearsalPlan, 'onStep'>,
  stage: Stage,
  title: string,
): Promise<RehearsedStep> {
  const { place, bay, deadlineMs, signal } = plan;
  // As in the watch: while somebody talks, a database is made ready for the next save.
  await bay.server.prepareClone({ sql: bay.sql });
  let runs = 1;
  const startedAt = performance.now();
  const { verdict } = await checkBench(async () => bay, {
    place,
    stage,
    isBench: true,
    asksForNight: false,
    dirName: 'workbench',
    cwd: place.root,
    deadlineMs,
    signal,
    onProgress: (what) => {
      if (what.includes('running once more')) runs++;
    },
  });
  const tookMs = performance.now() - startedAt;
  return { stage: stage.name, title, tookMs, runs, verdict: verdict.findings[0]?.code ?? verdict.status };
}

function inTheWayError(stage: Stage, title: string, files: readonly string[]): UsageError {
  return new UsageError(
    `The step "${title}" of \`${stage.name}\` does not fit over what the track has left in ${files.join(', ')}. ` +
      'A stage before it was changed without this one: `npm run author check` says which.',
  );
}

import type { Telemetry } from 'trace-shapes';
import type { BenchPlace } from '../bench/bench-place.ts';
import { saveBench } from '../bench/save-bench.ts';
import { checkApp } from '../check/check-app.ts';
import { loadChecks } from '../check/load-checks.ts';
import type { Bay } from '../check/run-stage.ts';
import type { Stage } from '../stages/list-stages.ts';
import { readJudgedBefore, storeRun } from '../telemetry/store.ts';
import { readNight } from '../telemetry/stored-night.ts';
import type { CheckedBench } from './event.ts';
import { countLinesTyped } from './lines-typed.ts';

/** What a check of the bench needs to know of the workshop round it. */
export type BenchCheckPlan = {
  readonly place: BenchPlace;
  readonly stage: Stage;
  /** Whether it is the learner's bench; another copy is checked as it is, and never saved among the bench's states. */
  readonly isBench: boolean;
  /** Whether the learner's answer to a replayed night is asked for; a rehearsal replays none. */
  readonly asksForNight: boolean;
  /** How the user calls its folder. */
  readonly dirName: string;
  readonly cwd: string;
  /** How long the scenario may take. */
  readonly deadlineMs?: number | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (what: string) => void;
  /** Hears of the spans as they arrive. */
  readonly onTelemetry?: (arrived: Telemetry) => void;
};

/** Saves the bench, checks it, and keeps what arrived for whoever wants to look at it. */
export async function checkBench(openBay: () => Promise<Bay>, plan: BenchCheckPlan): Promise<CheckedBench> {
  const { place, stage, isBench, asksForNight } = plan;
  if (isBench) await saveBench(place, `check of ${stage.name}`);
  const [checks, before] = await Promise.all([loadChecks(stage), readJudgedBefore(place.stateDir)]);
  const { verdict, telemetry, log } = await checkApp(openBay, {
    ...plan,
    dir: place.dir,
    checks,
    known: before && new Set(before.paths),
    nights: asksForNight ? { last: await readNight(place.stateDir, place.dir) } : undefined,
  });
  const explainedShare = verdict.picture?.explainedShare;
  await storeRun(place.stateDir, {
    source: `check ${stage.name}`,
    at: new Date().toISOString(),
    telemetry,
    log,
    paths: verdict.paths,
    explainedShare,
  });
  const linesTyped = isBench ? await countLinesTyped(place) : undefined;
  return { verdict, linesTyped, explainedBefore: before?.explainedShare };
}

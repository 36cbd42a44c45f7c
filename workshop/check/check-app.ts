import type { Telemetry } from 'trace-shapes';
import type { LogLine } from '../app/app-log.ts';
import { readBench } from '../bench/read-bench.ts';
import type { Stage } from '../stages/list-stages.ts';
import type { Tree } from '../stages/tree.ts';
import { UsageError } from '../stages/usage-error.ts';
import type { AnyCheck, ScenarioPart } from './check.ts';
import { judgeBench, judgeFailure, judgeRun, type Judgement as RunJudgement } from './judge-stage.ts';
import { createLocate, createShow } from './locate.ts';
import { type Bay, type RunPlan, runStage } from './run-stage.ts';
import type { StageVerdict } from './stage-verdict.ts';

/** What to check, and what to tell on the way. */
export type CheckPlan = Pick<
  RunPlan,
  'dir' | 'dirName' | 'signal' | 'onProgress' | 'onTelemetry' | 'onLine' | 'deadlineMs'
> & {
  readonly stage: Stage;
  readonly checks: readonly AnyCheck[];
  /** The folder that locations are told from. */
  readonly cwd: string;
  readonly known?: ReadonlySet<string> | undefined;
  readonly nights?: RunJudgement['nights'];
};

/** A verdict, and what it rests on. */
export type CheckedApp = {
  readonly verdict: StageVerdict;
  readonly telemetry: Telemetry;
  readonly log: readonly LogLine[];
};

/** Checks one copy of the app against one stage: runs it, and judges what it emitted. */
export async function checkApp(openBay: () => Promise<Bay>, plan: CheckPlan): Promise<CheckedApp> {
  const { stage, checks, dir, dirName, cwd, known, nights } = plan;
  const startedAt = performance.now();
  const bench = await readFiles(dir);
  const aids = { locate: createLocate(bench, dir, cwd), show: createShow(dir, cwd), known };
  const judgement = { stage, checks, benchName: dirName, aids, nights };
  const durationMs = () => Math.round(performance.now() - startedAt);
  if (checks.every((check) => 'judgeBench' in check)) {
    return { verdict: judgeBench(bench, { ...judgement, durationMs: durationMs() }), telemetry: NOTHING, log: [] };
  }
  const { processes } = stage.definition;
  const { signals } = stage;
  const result = await runStage(await openBay(), {
    ...plan,
    bench,
    processes,
    signals,
    ...needsOf(checks),
  });
  if (!result.ok) {
    return {
      verdict: judgeFailure(result.finding, { ...judgement, durationMs: durationMs() }),
      telemetry: NOTHING,
      log: result.log,
    };
  }
  const { run } = result;
  const verdict = await judgeRun(run, { ...judgement, durationMs: durationMs() });
  return { verdict, telemetry: run.telemetry, log: run.log };
}

/** What a run must have so that each of the checks can judge it. */
function needsOf(checks: CheckPlan['checks']) {
  const ofRuns = checks.filter((check) => 'judge' in check);
  return {
    trials: [...new Set(ofRuns.flatMap(({ trial }) => trial ?? []))],
    drivesJobs: drivenParts(checks).has('jobs'),
    roundTripMs: Math.max(0, ...ofRuns.map(({ roundTripMs }) => roundTripMs ?? 0)),
    secondStarts: withoutTwins(ofRuns.flatMap(({ secondStart }) => secondStart ?? [])),
    ownRuns: withoutTwins(ofRuns.flatMap(({ ownRun }) => ownRun ?? [])),
    withoutShop: !checks.some(looksAtShop),
  };
}

function looksAtShop(check: AnyCheck): boolean {
  return !('judgeBench' in check) && !('ownRun' in check);
}

function withoutTwins<Start extends { readonly id: string }>(starts: readonly Start[]): readonly Start[] {
  return [...new Map(starts.map((start) => [start.id, start])).values()];
}

/** The parts of the scenario that some of the checks ask for. */
export function drivenParts(checks: readonly AnyCheck[]): ReadonlySet<ScenarioPart> {
  return new Set(checks.flatMap((check) => ('drives' in check ? (check.drives ?? []) : [])));
}

async function readFiles(dir: string): Promise<Tree> {
  const bench = await readBench(dir);
  if (bench) return bench.tree;
  throw new UsageError(
    `There is no app in \`${dir}\`: the folder is missing or empty. \`npm run goto 1\` makes a bench.`,
  );
}

const NOTHING: Telemetry = { spans: [], logs: [], metrics: [] };

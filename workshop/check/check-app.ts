import type { Telemetry } from 'trace-shapes';
import type { LogLine } from '../app/app-log.ts';
import { readBench } from '../bench/read-bench.ts';
import type { Stage } from '../stages/list-stages.ts';
import type { Tree } from '../stages/tree.ts';
import { UsageError } from '../stages/usage-error.ts';
import type { BenchCheck, Check, ScenarioPart } from './check.ts';
import { judgeBench, judgeFailure, judgeRun } from './judge-stage.ts';
import { createLocate } from './locate.ts';
import { type Bay, type RunPlan, runStage } from './run-stage.ts';
import type { StageVerdict } from './stage-verdict.ts';

/** What to check, and what to tell on the way. */
export type CheckPlan = Pick<
  RunPlan,
  'dir' | 'dirName' | 'signal' | 'onProgress' | 'onTelemetry' | 'onLine' | 'deadlineMs'
> & {
  readonly stage: Stage;
  readonly checks: readonly (Check | BenchCheck)[];
  /** The folder that locations are told from. */
  readonly cwd: string;
  readonly known?: ReadonlySet<string> | undefined;
};

/** A verdict, and what it rests on. */
export type CheckedApp = {
  readonly verdict: StageVerdict;
  readonly telemetry: Telemetry;
  readonly log: readonly LogLine[];
};

/** Checks one copy of the app against one stage: runs it, and judges what it emitted. */
export async function checkApp(openBay: () => Promise<Bay>, plan: CheckPlan): Promise<CheckedApp> {
  const { stage, checks, dir, dirName, cwd, known } = plan;
  const startedAt = performance.now();
  const bench = await readFiles(dir);
  const judgement = { stage, checks, benchName: dirName, aids: { locate: createLocate(bench, dir, cwd), known } };
  const durationMs = () => Math.round(performance.now() - startedAt);
  if (checks.every((check) => 'judgeBench' in check)) {
    return { verdict: judgeBench(bench, { ...judgement, durationMs: durationMs() }), telemetry: NOTHING, log: [] };
  }
  const trials = [...new Set(checks.flatMap((check) => ('trial' in check ? (check.trial ?? []) : [])))];
  const { processes } = stage.definition;
  const drivesJobs = drivenParts(checks).has('jobs');
  const result = await runStage(await openBay(), { ...plan, bench, processes, trials, drivesJobs });
  if (!result.ok) {
    return {
      verdict: judgeFailure(result.finding, { ...judgement, durationMs: durationMs() }),
      telemetry: NOTHING,
      log: result.log,
    };
  }
  const { run } = result;
  return { verdict: judgeRun(run, { ...judgement, durationMs: durationMs() }), telemetry: run.telemetry, log: run.log };
}

/** The parts of the scenario that some of the checks ask for. */
export function drivenParts(checks: readonly (Check | BenchCheck)[]): ReadonlySet<ScenarioPart> {
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

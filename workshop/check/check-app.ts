import type { Telemetry } from 'trace-shapes';
import type { LogLine } from '../app/app-log.ts';
import { readBench } from '../bench/read-bench.ts';
import type { Breach } from '../contract/shop-promise.ts';
import type { Stage } from '../stages/list-stages.ts';
import type { Tree } from '../stages/tree.ts';
import { UsageError } from '../stages/usage-error.ts';
import type { BenchCheck, Check } from './check.ts';
import { holdToContract } from './hold-to-contract.ts';
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
  const { processes } = stage.definition;
  const { signals } = stage;
  const { needsContract, ...needs } = needsOf(checks);
  const bay = await openBay();
  const result = await runStage(bay, { ...plan, ...needs, bench, processes, signals });
  if (!result.ok) {
    return {
      verdict: judgeFailure(result.finding, { ...judgement, durationMs: durationMs() }),
      telemetry: NOTHING,
      log: result.log,
    };
  }
  // Only now: a second app beside the first would show in the first one's times.
  const run = { ...result.run, breaches: needsContract ? await breachesOf(bay, plan) : [] };
  return { verdict: judgeRun(run, { ...judgement, durationMs: durationMs() }), telemetry: run.telemetry, log: run.log };
}

/** What a run must have so that each of the checks can judge it. */
function needsOf(checks: CheckPlan['checks']) {
  const ofRuns = checks.filter((check) => 'judge' in check);
  return {
    trials: [...new Set(ofRuns.flatMap(({ trial }) => trial ?? []))],
    roundTripMs: Math.max(0, ...ofRuns.map(({ roundTripMs }) => roundTripMs ?? 0)),
    needsContract: ofRuns.some(({ needsContract }) => needsContract),
  };
}

function breachesOf(bay: Bay, { dir, signal, onProgress }: CheckPlan): Promise<readonly Breach[]> {
  onProgress?.('starting it once more, to hold it to what the shop promises');
  return holdToContract(bay, dir, AbortSignal.any([signal, AbortSignal.timeout(CONTRACT_MS)]));
}

async function readFiles(dir: string): Promise<Tree> {
  const bench = await readBench(dir);
  if (bench) return bench.tree;
  throw new UsageError(
    `There is no app in \`${dir}\`: the folder is missing or empty. \`npm run goto 1\` makes a bench.`,
  );
}

const CONTRACT_MS = 60_000;
const NOTHING: Telemetry = { spans: [], logs: [], metrics: [] };

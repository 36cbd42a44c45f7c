import type { Telemetry } from 'trace-shapes';
import type { LogLine } from '../app/app-log.ts';
import { readBench } from '../bench/read-bench.ts';
import type { Stage } from '../stages/list-stages.ts';
import type { Tree } from '../stages/tree.ts';
import { UsageError } from '../stages/usage-error.ts';
import type { AnyCheck, ScenarioPart } from './check.ts';
import { judgeBench, judgeChecks, judgeFailure, type Judgement as RunJudgement, verdictOf } from './judge-stage.ts';
import { createLocate, createShow } from './locate.ts';
import { type Bay, type RunFailure, type RunPlan, runSecondStarts, runStage } from './run-stage.ts';
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
  const failed = ({ finding, log }: RunFailure): CheckedApp => ({
    verdict: judgeFailure(finding, { ...judgement, durationMs: durationMs() }),
    telemetry: NOTHING,
    log,
  });
  const bay = await openBay();
  const { processes } = stage.definition;
  const { last = [], rest = [] } = Object.groupBy(checks, (check) => (isLast(check) ? 'last' : 'rest'));
  const { secondStarts } = needsOf(rest);
  const runPlan = { ...plan, bench, processes, signals: stage.signals, ...needsOf(checks), secondStarts };
  const result = await runStage(bay, runPlan);
  if (!result.ok) return failed(result);
  const { run } = result;
  const judged = [...(await judgeChecks(run, { ...judgement, checks: rest }))];
  if (last.length > 0 && judged.every(([, { findings }]) => findings.length === 0)) {
    const more = await runSecondStarts(bay, runPlan, run, needsOf(last).secondStarts);
    if (!more.ok) return failed(more);
    judged.push(...(await judgeChecks(more.run, { ...judgement, checks: last })));
  }
  return {
    verdict: verdictOf(judged, { ...judgement, durationMs: durationMs() }),
    telemetry: run.telemetry,
    log: run.log,
  };
}

/** Whether a check is asked only when all others pass. */
function isLast(check: AnyCheck): boolean {
  return 'secondStart' in check && check.secondStart?.last === true;
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

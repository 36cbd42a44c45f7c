import { basename } from 'node:path';
import { createPaint } from 'trace-shapes';
import { saveBench } from '../../bench/save-bench.ts';
import { checkApp } from '../../check/check-app.ts';
import { loadChecks } from '../../check/load-checks.ts';
import type { StageVerdict } from '../../check/stage-verdict.ts';
import { renderStageVerdict } from '../../render/render-stage-verdict.ts';
import { toVerdictJson } from '../../render/verdict-json.ts';
import type { Stage } from '../../stages/list-stages.ts';
import { UsageError } from '../../stages/usage-error.ts';
import { readStoredRun, storeRun } from '../../telemetry/store.ts';
import { takeBench } from '../bench-at-hand.ts';
import { createBay } from '../open-bay.ts';
import { type Surroundings, shownPath, typedPath } from '../surroundings.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

type Options = { readonly app?: string; readonly json?: true };

/** `npm run check [stage]`: one run, once. */
export const check: WorkshopCommand = (declare, run) => {
  declare('check', 'run the bench once and judge its spans: exit 0 passed, 1 failed, 2 could not run')
    .argument('[stage]', 'number or name; the stage that the bench stands at, if left out')
    .option('--app <dir>', 'check this copy of the app instead of the bench')
    .option('--json', 'print the verdict as JSON')
    .action(run(checkOnce));
};

async function checkOnce(surroundings: Surroundings, wanted: string | undefined, options: Options): Promise<number> {
  try {
    const { stage, verdict, explainedBefore } = await runCheck(surroundings, wanted, options);
    surroundings.print(
      options.json
        ? JSON.stringify(toVerdictJson(verdict), null, 2)
        : render(surroundings, stage, verdict, explainedBefore),
    );
    return verdict.status === 'pass' ? 0 : 1;
  } catch (error) {
    if (!options.json || !(error instanceof UsageError)) throw error;
    surroundings.print(
      JSON.stringify(
        { stage: wanted ?? null, status: 'error', durationMs: 0, checks: [], message: error.message },
        null,
        2,
      ),
    );
    return 2;
  }
}

async function runCheck(surroundings: Surroundings, wanted: string | undefined, { app, json }: Options) {
  const { signal, cwd } = surroundings;
  const { place, stage } = await takeBench(surroundings, wanted);
  const dir = app === undefined ? place.dir : typedPath(surroundings, app);
  const onProgress = (what: string) => void (json || surroundings.note(`… ${what}`));
  const before = await readStoredRun(place.stateDir);
  if (app === undefined) await saveBench(place, `check of ${stage.name}`);
  await using bay = createBay(surroundings, onProgress);
  const dirName = shownPath(surroundings, dir) || basename(dir);
  const checks = await loadChecks(stage);
  const { verdict, telemetry, log } = await checkApp(bay.open, {
    stage,
    checks,
    dir,
    dirName,
    cwd,
    signal,
    onProgress,
    known: before && new Set(before.paths),
  });
  await storeRun(place.stateDir, {
    source: `check ${stage.name}`,
    at: new Date().toISOString(),
    telemetry,
    log,
    paths: verdict.paths,
    explainedShare: verdict.picture?.explainedShare,
  });
  return { stage, verdict, explainedBefore: before?.explainedShare };
}

function render(
  { columns, colour }: Surroundings,
  stage: Stage,
  verdict: StageVerdict,
  explainedBefore: number | undefined,
): string {
  const style = { width: Math.min(columns, 100), paint: createPaint(colour) };
  return `\n${renderStageVerdict(verdict, style, { title: stage.definition.title, explainedBefore })}\n`;
}

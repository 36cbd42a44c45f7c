import { createPaint } from 'trace-shapes/render';
import { renderStageVerdict } from '../../render/render-stage-verdict.ts';
import { toVerdictJson } from '../../render/verdict-json.ts';
import type { Stage } from '../../stages/list-stages.ts';
import { UsageError } from '../../stages/usage-error.ts';
import { checkBench } from '../../watch/check-bench.ts';
import type { CheckedBench } from '../../watch/event.ts';
import { takeBench, takeCopy } from '../bench-at-hand.ts';
import { createBay } from '../open-bay.ts';
import { readDeadline } from '../read-deadline.ts';
import { type Surroundings, shownPath } from '../surroundings.ts';
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
    const { stage, checked } = await runCheck(surroundings, wanted, options);
    surroundings.print(
      options.json ? JSON.stringify(toVerdictJson(checked.verdict), null, 2) : render(surroundings, stage, checked),
    );
    return checked.verdict.status === 'pass' ? 0 : 1;
  } catch (error) {
    if (!options.json || !(error instanceof UsageError)) throw error;
    const failure = { stage: wanted ?? null, status: 'error', durationMs: 0, checks: [], message: error.message };
    surroundings.print(JSON.stringify(failure, null, 2));
    return 2;
  }
}

async function runCheck(
  surroundings: Surroundings,
  wanted: string | undefined,
  { app, json }: Options,
): Promise<{ readonly stage: Stage; readonly checked: CheckedBench }> {
  const { signal, cwd } = surroundings;
  const { place, stage } =
    app === undefined ? await takeBench(surroundings, wanted) : await takeCopy(surroundings, app, wanted);
  const onProgress = (what: string) => void (json || surroundings.note(`… ${what}`));
  await using bay = createBay(surroundings, onProgress);
  return {
    stage,
    checked: await checkBench(bay.open, {
      place,
      stage,
      isBench: app === undefined,
      asksForNight: true,
      dirName: shownPath(surroundings, place.dir),
      cwd,
      deadlineMs: readDeadline(surroundings),
      signal,
      onProgress,
    }),
  };
}

function render({ columns, colour }: Surroundings, stage: Stage, { verdict, ...extras }: CheckedBench): string {
  const style = { width: Math.min(columns, 100), paint: createPaint(colour) };
  return `\n${renderStageVerdict(verdict, style, { title: stage.definition.title, ...extras })}\n`;
}

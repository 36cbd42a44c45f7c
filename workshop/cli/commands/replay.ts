import { createPaint, createView, explainedShare } from 'trace-shapes';
import { type ReplayedNight, replayNight } from '../../replay/replay-night.ts';
import type { Stage } from '../../stages/list-stages.ts';
import { UsageError } from '../../stages/usage-error.ts';
import { takeBench, takeCopy } from '../bench-at-hand.ts';
import { parseLimit } from '../newest-run.ts';
import { createBay } from '../open-bay.ts';
import { renderReplayed, seedOf } from '../replay-page.ts';
import { type Surroundings, shownPath } from '../surroundings.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

type Options = { readonly app?: string; readonly json?: true; readonly seed?: string; readonly another?: true };

/** `npm run replay`: last night again, and what this bench's telemetry explains of it. */
export const replay: WorkshopCommand = (declare, run) => {
  declare('replay', "replay last night's outage on the bench, and judge the suspects by its spans")
    .option('--app <dir>', 'replay it on this copy of the app instead of the bench')
    .option('--another', 'from stage 09 on: another night, perhaps with another cause')
    .option('--seed <number>', 'from stage 09 on: the night of this number, for a room that is to see the same one')
    .option('--json', 'print the board as JSON')
    .action(run(replayOnce));
};

async function replayOnce(surroundings: Surroundings, options: Options): Promise<number> {
  const { app, json } = options;
  const { place, stage } = app === undefined ? await takeBench(surroundings) : await takeCopy(surroundings, app);
  const { dir, stateDir } = place;
  const onProgress = json ? () => {} : tellElapsed(surroundings);
  await using bay = createBay(surroundings, onProgress);
  const { signal, columns, colour, print } = surroundings;
  const dirName = shownPath(surroundings, dir);
  const { signals } = stage;
  const seed = await drawSeed(stage, stateDir, options);
  const plan = { dir, dirName, stateDir, signals, seed, signal, onProgress };
  const replayed = await replayNight(await bay.open(), plan);
  const style = { width: Math.min(columns, 100), paint: createPaint(colour) };
  if (json)
    print(JSON.stringify(replayed.ok ? toJson(replayed) : { status: 'fail', finding: replayed.finding }, null, 2));
  else print(`\n${renderReplayed(replayed, style)}\n`);
  return replayed.ok ? 0 : 1;
}

/** The same night as the last time, unless another one is asked for. */
async function drawSeed(stage: Stage, stateDir: string, { seed, another }: Options): Promise<number | undefined> {
  if (!stage.drawsNights && (seed !== undefined || another))
    throw new UsageError(
      `At \`${stage.name}\` there is only last night. \`--seed\` and \`--another\` draw nights from stage 09 on.`,
    );
  if (seed !== undefined) return seedOf(stage, stateDir, parseLimit(seed, 1));
  const kept = await seedOf(stage, stateDir);
  return kept !== undefined && another ? seedOf(stage, stateDir, kept + 1) : kept;
}

function tellElapsed({ note }: Surroundings): (what: string) => void {
  const startedAt = performance.now();
  return (what) => note(`… ${((performance.now() - startedAt) / 1000).toFixed(1).padStart(4)} s  ${what}`);
}

function toJson({ night, board, incident }: ReplayedNight): object {
  const { hanging, hangMs, orderId, blame } = night;
  return {
    status: 'pass',
    hangingCheckout: {
      durationMs: hangMs,
      orderId: orderId ?? null,
      traceId: hanging?.trace.traceId ?? null,
      explainedShare: hanging ? explainedShare(hanging, createView([])) : 0,
    },
    log: blame,
    incidentSuspect: incident?.suspect || null,
    board: board.map(({ evidence, ...judgement }) => ({
      ...judgement,
      spans: evidence.map(({ span: { traceId, spanId, name, service } }) => ({ traceId, spanId, name, service })),
    })),
  };
}

import { createView, explainedShare } from 'trace-shapes';
import { type ReplayedNight, replayNight } from '../../replay/replay-night.ts';
import type { Stage } from '../../stages/list-stages.ts';
import { UsageError } from '../../stages/usage-error.ts';
import { maskSecrets } from '../../telemetry/mask-secrets.ts';
import { takeBench, takeCopy } from '../bench-at-hand.ts';
import { createBay } from '../open-bay.ts';
import { renderReplayed, seedOf } from '../replay-page.ts';
import { type ScreenOptions, screenOf, withScreenOptions } from '../screen-options.ts';
import { type Surroundings, shownPath } from '../surroundings.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

type Options = ScreenOptions & {
  readonly app?: string;
  readonly json?: true;
  readonly seed?: string;
  readonly another?: true;
};

/** `npm run replay`: last night again, and what this bench's telemetry explains of it. */
export const replay: WorkshopCommand = (declare, run) => {
  withScreenOptions(declare('replay', "replay last night's outage on the bench, and judge the suspects by its spans"))
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
  const { signal } = surroundings;
  const { style, print } = screenOf(surroundings, options);
  const dirName = shownPath(surroundings, dir);
  const { signals } = stage;
  const seed = await drawSeed(stage, stateDir, options);
  const plan = { dir, dirName, stateDir, signals, seed, signal, onProgress };
  const replayed = await replayNight(await bay.open(), plan);
  if (json)
    print(
      JSON.stringify(
        maskSecrets(replayed.ok ? toJson(replayed) : { status: 'fail', finding: replayed.finding }),
        null,
        2,
      ),
    );
  else print(`\n${renderReplayed(replayed, style)}\n`);
  return replayed.ok ? 0 : 1;
}

/** The same night as the last time, unless another one is asked for. */
async function drawSeed(stage: Stage, stateDir: string, { seed, another }: Options): Promise<number | undefined> {
  if (!stage.drawsNights && (seed !== undefined || another))
    throw new UsageError(
      `At \`${stage.name}\` there is only last night. \`--seed\` and \`--another\` draw nights from stage 09 on.`,
    );
  if (seed !== undefined) return seedOf(stage, stateDir, parseSeed(seed));
  const kept = await seedOf(stage, stateDir);
  return kept !== undefined && another ? seedOf(stage, stateDir, kept + 1) : kept;
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (Number.isInteger(seed) && seed > 0) return seed;
  throw new UsageError(`\`--seed ${text}\` is no number of a night. Say, for example, \`--seed 2\`.`);
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

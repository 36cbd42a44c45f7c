import { createView, explainedShare } from 'trace-shapes';
import { type ReplayedNight, replayNight } from '../../replay/replay-night.ts';
import { maskSecrets } from '../../telemetry/mask-secrets.ts';
import { takeBench, takeCopy } from '../bench-at-hand.ts';
import { createBay } from '../open-bay.ts';
import { renderReplayed } from '../replay-page.ts';
import { type ScreenOptions, screenOf, withScreenOptions } from '../screen-options.ts';
import { type Surroundings, shownPath } from '../surroundings.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

type Options = ScreenOptions & { readonly app?: string; readonly json?: true };

/** `npm run replay`: last night again, and what this bench's telemetry explains of it. */
export const replay: WorkshopCommand = (declare, run) => {
  withScreenOptions(declare('replay', "replay last night's outage on the bench, and judge the suspects by its spans"))
    .option('--app <dir>', 'replay it on this copy of the app instead of the bench')
    .option('--json', 'print the board as JSON')
    .action(run(replayOnce));
};

async function replayOnce(surroundings: Surroundings, { app, json, ...options }: Options): Promise<number> {
  const { place } = app === undefined ? await takeBench(surroundings) : await takeCopy(surroundings, app);
  const { dir, stateDir } = place;
  const onProgress = json ? () => {} : tellElapsed(surroundings);
  await using bay = createBay(surroundings, onProgress);
  const { signal } = surroundings;
  const { style, print } = screenOf(surroundings, options);
  const dirName = shownPath(surroundings, dir);
  const replayed = await replayNight(await bay.open(), { dir, dirName, stateDir, signal, onProgress });
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

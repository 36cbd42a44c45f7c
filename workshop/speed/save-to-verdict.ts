import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseProcfile } from '../app/parse-procfile.ts';
import type { BenchPlace } from '../bench/bench-place.ts';
import { drivenParts } from '../check/check-app.ts';
import { loadChecks } from '../check/load-checks.ts';
import type { Bay } from '../check/run-stage.ts';
import type { Stage } from '../stages/list-stages.ts';
import type { WatchEvent } from '../watch/event.ts';
import { createEventQueue } from '../watch/event-queue.ts';
import { runWatch } from '../watch/run-watch.ts';
import { watchFiles } from '../watch/watch-files.ts';
import { freshState, type WatchState } from '../watch/watch-state.ts';
import { runFloor } from './run-floor.ts';

/** Times in milliseconds, pair by pair, measured one after the other in one run. */
export type SaveToVerdict = { readonly watchMs: readonly number[]; readonly floorMs: readonly number[] };

/** What is measured: a solved bench in a warm watch. */
export type SpeedPlan = {
  readonly place: BenchPlace;
  readonly stage: Stage;
  readonly bay: Bay;
  readonly rounds: number;
  readonly procfile: string;
  readonly onRound: (round: number) => void;
  readonly signal: AbortSignal;
};

/** Saves a file in a watched bench again and again and takes the time until the verdict is drawn; the floor in between. */
export async function measureSaveToVerdict(plan: SpeedPlan): Promise<SaveToVerdict> {
  const { place, stage, bay, rounds, signal } = plan;
  const events = createEventQueue<WatchEvent>();
  const verdicts = createEventQueue<NonNullable<WatchState['checked']>>();
  await using _watcher = await watchFiles(place.dir, () => events.push({ type: 'saved' }));
  let drawn: WatchState['checked'];
  const draw = (state: WatchState) => {
    if (state.checked && state.checked !== drawn && !state.busy) {
      drawn = state.checked;
      verdicts.push(state.checked);
    }
  };
  const watching = runWatch({
    place,
    dirName: 'workbench',
    cwd: place.root,
    stages: [stage],
    state: freshState(stage, { columns: 80, rows: 24 }),
    events,
    draw,
    openBay: async () => bay,
    replay: async () => '',
    once: false,
    signal,
  });
  const watchMs: number[] = [];
  const floorMs: number[] = [];
  try {
    await passed(verdicts);
    for (let round = 0; round <= rounds; round++) {
      plan.onRound(round);
      const startedAt = performance.now();
      await appendFile(join(place.dir, 'README.md'), `${round}\n`);
      await passed(verdicts);
      const tookMs = performance.now() - startedAt;
      const floor = await floorOf(plan);
      // The first round warms up what the later ones share.
      if (round === 0) continue;
      watchMs.push(tookMs);
      floorMs.push(floor);
    }
  } finally {
    events.push({ type: 'ended' });
    await watching;
  }
  return { watchMs, floorMs };
}

async function passed(verdicts: { readonly take: () => Promise<NonNullable<WatchState['checked']>> }): Promise<void> {
  const { verdict } = await verdicts.take();
  if (verdict.status === 'pass') return;
  throw new Error(`The measured solution does not pass: ${verdict.findings[0]?.code}: ${verdict.findings[0]?.message}`);
}

async function floorOf({ place, bay, stage, procfile }: SpeedPlan): Promise<number> {
  await using database = await bay.server.cloneDatabase({ sql: bay.sql });
  const entries = parseProcfile(procfile).entries.filter(({ name }) => stage.definition.processes.includes(name));
  const processes = Object.fromEntries(entries.map(({ name, words }) => [name, words.slice(1)]));
  const compileCacheDir = join(place.stateDir, 'compile-cache');
  return await runFloor({
    dir: place.dir,
    nodePath: bay.nodePath,
    databaseUrl: database.url,
    compileCacheDir,
    processes,
    baseEnv: bay.baseEnv,
    drivesJobs: drivenParts(await loadChecks(stage)).has('jobs'),
  });
}

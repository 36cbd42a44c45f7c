import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { benchPlace } from '../../bench/bench-place.ts';
import { findTrack } from '../../rehearse/find-track.ts';
import { measureSlowest } from '../../rehearse/measure-slowest.ts';
import { type RehearsalPlan, rehearseTrack } from '../../rehearse/rehearse-track.ts';
import { writeTrackTables } from '../../rehearse/track-tables.ts';
import { type Rehearsal, renderRehearsal } from '../../render/render-rehearsal.ts';
import { listStages } from '../../stages/list-stages.ts';
import { createBay } from '../open-bay.ts';
import { readDeadline } from '../read-deadline.ts';
import type { Surroundings } from '../surroundings.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

type Options = { readonly json?: true; readonly tables?: true };

/** `npm run rehearse -- 40`: a track, walked by the program. */
export const rehearse: WorkshopCommand = (declare, run) => {
  declare('rehearse', 'walk a track on a bench of its own, step by step, with the time of each and the lines typed')
    .argument('[track]', 'such as 40; without it the tracks are listed')
    .option('--json', 'print it as JSON')
    .option('--tables', "for authors: write the tracks' tables into WORKSHOP.md, and walk none")
    .action(run(walk));
};

async function walk(surroundings: Surroundings, wanted: string | undefined, options: Options): Promise<number> {
  const { root, note, print, signal, columns } = surroundings;
  const stages = await listStages(root);
  if (options.tables) {
    note(`wrote ${await writeTrackTables(root, stages)}`);
    return 0;
  }
  const track = findTrack(stages, wanted);
  await using held = new AsyncDisposableStack();
  // A bench of its own, inside the project so that it finds the packages; the learner's is not touched.
  await mkdir(join(root, '.workshop'), { recursive: true });
  const dir = await mkdtemp(join(root, '.workshop', 'rehearsal-'));
  held.defer(() => rm(dir, { recursive: true, force: true }));
  const bay = await held.use(createBay(surroundings)).open();
  const place = { ...benchPlace(root, join(dir, 'bench')), stateDir: join(dir, 'state') };
  let slowest: Parameters<typeof measureSlowest>[1] | undefined;
  const onStep: RehearsalPlan['onStep'] = (step, bench) => {
    note(`… ${step.stage}: ${step.title}, ${(step.tookMs / 1000).toFixed(1)} s, ${step.verdict}`);
    if (step.tookMs > (slowest?.step.tookMs ?? 0)) slowest = { step, bench };
  };
  const plan = { place, stages, track, bay, deadlineMs: readDeadline(surroundings), signal, onStep };
  const stops = await rehearseTrack(plan);
  note('… the slowest step again, in turn with its floor');
  const rehearsal = { track, stops, slowest: slowest && (await measureSlowest(plan, slowest, FLOOR_ROUNDS)) };
  print(
    options.json ? JSON.stringify(rehearsal, null, 2) : `\n${renderRehearsal(rehearsal, Math.min(columns, 100))}\n`,
  );
  return isReady(rehearsal) ? 0 : 1;
}

/** Whether every stage ends as it should, and nobody has to type more than the track allows. */
function isReady({ track, stops }: Rehearsal): boolean {
  const typed = stops.reduce((sum, { linesTyped }) => sum + linesTyped, 0);
  return stops.every(({ how, passed }) => how === 'told' || passed) && typed <= (track.mostLines ?? typed);
}

const FLOOR_ROUNDS = 5;

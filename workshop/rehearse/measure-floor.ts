import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseProcfile } from '../app/parse-procfile.ts';
import { type BenchPlace, benchPlace } from '../bench/bench-place.ts';
import { solveStage } from '../bench/solve-stage.ts';
import { drivenParts } from '../check/check-app.ts';
import { loadChecks } from '../check/load-checks.ts';
import type { Bay } from '../check/run-stage.ts';
import { runFloor } from '../speed/run-floor.ts';
import type { Stage } from '../stages/list-stages.ts';

/** The least that one run of a stage takes on this machine at this moment, in milliseconds. */
export async function measureFloor(place: BenchPlace, stage: Stage, bay: Bay): Promise<number> {
  const solved = { ...benchPlace(place.root, `${place.dir}-floor`), stateDir: `${place.stateDir}-floor` };
  await solveStage(solved, stage.slug);
  const procfile = await readFile(join(solved.dir, 'Procfile'), 'utf8');
  const entries = parseProcfile(procfile).entries.filter(({ name }) => stage.definition.processes.includes(name));
  await bay.server.prepareClone({ sql: bay.sql });
  await using database = await bay.server.cloneDatabase({ sql: bay.sql });
  return await runFloor({
    dir: solved.dir,
    nodePath: bay.nodePath,
    databaseUrl: database.url,
    compileCacheDir: join(bay.keeper.stateDir, 'compile-cache'),
    processes: Object.fromEntries(entries.map(({ name, words }) => [name, words.slice(1)])),
    baseEnv: bay.baseEnv,
    drivesJobs: drivenParts(await loadChecks(stage)).has('jobs'),
  });
}

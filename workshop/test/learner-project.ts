import { chmod, cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BenchPlace, benchPlace } from '../bench/bench-place.ts';
import { gotoStage } from '../bench/goto-stage.ts';
import { solveStage } from '../bench/solve-stage.ts';
import { openDatabaseServer } from '../database/open-database-server.ts';
import { openKeeper } from '../keeper/open-keeper.ts';
import { waitUntilGone } from './processes-of.ts';
import { type ProcessOptions, startWorkshop, type WorkshopEnd, type WorkshopProcess } from './workshop-process.ts';

/** A copy of this project as a learner has it after the install; disposing removes it, and fails if anything still runs. */
export type LearnerProject = AsyncDisposable & {
  readonly root: string;
  readonly place: BenchPlace;
  /** Starts the real program. */
  readonly start: (args: readonly string[], options?: ProcessOptions) => WorkshopProcess;
  /** Runs the real program to its end. */
  readonly run: (args: readonly string[], options?: ProcessOptions) => Promise<WorkshopEnd>;
  /** Puts the solution of a stage on the bench. */
  readonly solve: (stage: string) => Promise<void>;
  /** Puts the start of a stage on the bench. */
  readonly goto: (stage: string) => Promise<void>;
  readonly read: (path: string) => Promise<string>;
  readonly write: (path: string, text: string) => Promise<void>;
  /** Changes one file of the bench, as an editor does. */
  readonly edit: (path: string, change: (text: string) => string) => Promise<void>;
};

/** Copies the project to a temporary folder. A database that is kept warm spares every command a second. */
export async function learnerProject({ keepsDatabase = true } = {}): Promise<LearnerProject> {
  // Node shows files by their real path, and so do messages.
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'untangle-learner-')));
  // A space, a sign that shells know, and letters beyond ASCII: every command of every test works in such a folder.
  const root = join(dir, 'Wolle & Garn für alle');
  await using making = new AsyncDisposableStack();
  making.defer(() => rm(dir, { recursive: true, force: true }));
  making.defer(() => waitUntilGone(root));
  await mkdir(root);
  // The account that Postgres runs by when the tests run as root must get in.
  await chmod(dir, 0o755);
  await Promise.all(COPIED.map((path) => cp(join(PROJECT, path), join(root, path), { recursive: true })));
  await symlink(join(PROJECT, 'node_modules'), join(root, 'node_modules'), 'junction');
  const place = benchPlace(root);
  if (keepsDatabase) {
    const keeper = making.use(await openKeeper({ stateDir: place.stateDir }));
    making.use(await openDatabaseServer({ keeper }));
  }
  const read = (path: string) => readFile(join(place.dir, path), 'utf8');
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(place.dir, path)), { recursive: true });
    await writeFile(join(place.dir, path), text);
  };
  const start = (args: readonly string[], options?: ProcessOptions) => startWorkshop(root, args, options);
  const made = making.move();
  return {
    root,
    place,
    start,
    run: (args, options) => start(args, options).ended,
    solve: async (stage) => void (await solveStage(place, stage)),
    goto: async (stage) => void (await gotoStage(place, stage)),
    read,
    write,
    edit: async (path, change) => write(path, change(await read(path))),
    [Symbol.asyncDispose]: () => made.disposeAsync(),
  };
}

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const COPIED = ['package.json', '.gitignore', '.gitattributes', 'exercises', 'solutions', 'legacy-app', 'workshop'];

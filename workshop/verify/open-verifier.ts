import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Env } from '../app/app-env.ts';
import type { AnyCheck } from '../check/check.ts';
import { type CheckedApp, checkApp } from '../check/check-app.ts';
import { openBay } from '../check/open-bay.ts';
import type { Bay } from '../check/run-stage.ts';
import type { Stage } from '../stages/list-stages.ts';
import type { Tree } from '../stages/tree.ts';
import { writeTree } from '../stages/write-tree.ts';
import { createLimit } from './create-limit.ts';

/** One state of the app to be run, and what it is judged by. */
export type StateToVerify = {
  readonly stage: Stage;
  readonly tree: Tree;
  readonly checks: readonly AnyCheck[];
  /** How long the scenario may take: less for a state that is known to hang. */
  readonly deadlineMs?: number;
};

/** Runs many states of the app against checks, a few at a time. */
export type Verifier = AsyncDisposable & {
  readonly bay: Bay;
  readonly verify: (state: StateToVerify) => Promise<CheckedApp>;
  /** Writes a state to a folder of its own, from which the project's packages are found, and gives the folder. */
  readonly write: (tree: Tree) => Promise<string>;
  /** Writes a state to a folder from which the project's packages are found, when it is its turn, for other work. */
  readonly inTurn: <Result>(tree: Tree, work: (dir: string) => Promise<Result>) => Promise<Result>;
};

/** Where the project is, and what its apps may see of the environment. */
export type VerifierOptions = {
  readonly root: string;
  readonly nodePath: string;
  readonly baseEnv?: Env;
  readonly databaseUrl?: string | undefined;
  readonly signal?: AbortSignal;
};

/** Opens what runs have in common; disposing ends and removes all of it. Two runs at once keep two cores busy. */
export async function openVerifier(options: VerifierOptions): Promise<Verifier> {
  const { root, nodePath, baseEnv = {}, databaseUrl, signal = new AbortController().signal } = options;
  await using opening = new AsyncDisposableStack();
  // A state of its own beside the learner's: what was compiled stays compiled, and no watch is in its way.
  const stateDir = join(root, '.workshop', 'verify');
  const dir = opening.adopt(await makeDir(stateDir), removeDir);
  const bay = opening.use(await openBay({ root, stateDir, nodePath, baseEnv, databaseUrl }));
  const opened = opening.move();
  const limit = createLimit(AT_ONCE);
  let written = 0;

  async function write(tree: Tree): Promise<string> {
    const appDir = join(dir, `state-${++written}`, SHOWN);
    await writeTree(appDir, tree);
    return appDir;
  }

  // The same few folders again and again: what Node compiled for one state serves the next, where the files are equal.
  const inTurn: Verifier['inTurn'] = (tree, work) =>
    limit(async (place) => {
      const appDir = join(dir, `place-${place}`, SHOWN);
      await writeTree(appDir, tree);
      return work(appDir);
    });

  return {
    bay,
    write,
    inTurn,
    verify: ({ tree, ...state }) =>
      inTurn(tree, (dir) => checkApp(async () => bay, { ...state, dir, dirName: SHOWN, cwd: dirname(dir), signal })),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

async function makeDir(parent: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  return mkdtemp(join(parent, 'apps-'));
}

function removeDir(dir: string): Promise<void> {
  // The keeper may still be writing its last lines there.
  return rm(dir, { recursive: true, force: true, maxRetries: 5 });
}

const AT_ONCE = 2;
/** Locations read as they do for a learner. */
const SHOWN = 'workbench';

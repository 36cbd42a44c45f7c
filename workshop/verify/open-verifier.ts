import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Env } from '../app/app-env.ts';
import type { BenchCheck, Check } from '../check/check.ts';
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
  readonly checks: readonly (Check | BenchCheck)[];
  /** How long the scenario may take: less for a state that is known to hang. */
  readonly deadlineMs?: number;
};

/** Runs many states of the app against checks, a few at a time. */
export type Verifier = AsyncDisposable & {
  readonly bay: Bay;
  /** Writes a state to a folder of its own, from which the project's packages are found, and gives the folder. */
  readonly write: (tree: Tree) => Promise<string>;
  readonly verify: (state: StateToVerify) => Promise<CheckedApp>;
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
  const dir = opening.adopt(await makeDir(join(root, '.workshop', 'verify')), remove);
  const stateDir = opening.adopt(await makeDir(tmpdir()), remove);
  const bay = opening.use(await openBay({ root, stateDir, nodePath, baseEnv, databaseUrl }));
  const opened = opening.move();
  const limit = createLimit(AT_ONCE);
  let written = 0;

  async function write(tree: Tree): Promise<string> {
    const appDir = join(dir, `state-${++written}`, SHOWN);
    await writeTree(appDir, tree);
    return appDir;
  }

  return {
    bay,
    write,
    verify: ({ tree, ...state }) =>
      limit(async () => {
        const appDir = await write(tree);
        return checkApp(async () => bay, { ...state, dir: appDir, dirName: SHOWN, cwd: dirname(appDir), signal });
      }),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

async function makeDir(parent: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  return mkdtemp(join(parent, 'verify-'));
}

function remove(dir: string): Promise<void> {
  return rm(dir, { recursive: true, force: true });
}

const AT_ONCE = 2;
/** Locations read as they do for a learner. */
const SHOWN = 'workbench';

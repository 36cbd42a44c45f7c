import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openBay } from '../check/open-bay.ts';
import type { Bay } from '../check/run-stage.ts';
import type { Tree } from '../stages/tree.ts';
import { writeTree } from '../stages/write-tree.ts';

/** What apps run in, and folders for their states; disposing ends and removes all of it. */
export type OpenApps = AsyncDisposable & {
  readonly bay: Bay;
  /** Writes a state of the app to a folder of its own, from which the project's packages are found. */
  readonly write: (tree: Tree) => Promise<string>;
};

/** Opens what a test's apps need, beside the learner's own. */
export async function openApps(root: string): Promise<OpenApps> {
  const stateDir = join(root, '.workshop', 'verify');
  await mkdir(stateDir, { recursive: true });
  await using opening = new AsyncDisposableStack();
  const dir = opening.adopt(await mkdtemp(join(stateDir, 'live-')), (path) =>
    rm(path, { recursive: true, force: true }),
  );
  const bay = opening.use(await openBay({ root, stateDir, nodePath: process.execPath, baseEnv: {} }));
  const opened = opening.move();
  return {
    bay,
    async write(tree) {
      const appDir = join(await mkdtemp(join(dir, 'app-')), 'workbench');
      await writeTree(appDir, tree);
      return appDir;
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

import { join } from 'node:path';

/** Where a project, its learner's bench and its saved states are. */
export type BenchPlace = {
  /** The project's folder, which holds `legacy-app`, `exercises` and `solutions`. */
  readonly root: string;
  /** The learner's copy of the app. */
  readonly dir: string;
  /** What survives every checkout: saved benches, the mark of an unfinished write. */
  readonly stateDir: string;
};

/** The places of a project: `workbench` and `.workshop` in it, unless another bench is named. */
export function benchPlace(root: string, dir: string = join(root, 'workbench')): BenchPlace {
  return { root, dir, stateDir: join(root, '.workshop') };
}

import { basesOn, writeBases } from './bases.ts';
import { keepBase } from './old-base.ts';
import { layOver } from './overlay.ts';
import { readStageDirs } from './stage-dirs.ts';
import { readLegacyApp, readSolutionOverlay, readStartOverlay } from './stage-trees.ts';

/** Notes every overlay as written on what lies below it now, and gives the stages it noted that of. */
export async function recordBases(root: string): Promise<readonly string[]> {
  const recorded: string[] = [];
  let { tree } = await readLegacyApp(root);
  for (const stage of await readStageDirs(root)) {
    const [start, solution] = await Promise.all([readStartOverlay(stage), readSolutionOverlay(stage)]);
    const startState = layOver(tree, start.tree);
    if (solution.tree.size > 0) {
      await writeBases(stage, { start: basesOn(tree, start.tree), solution: basesOn(startState, solution.tree) });
      const bases = Array.from(solution.tree.keys(), (path) => startState.get(path));
      await Promise.all(bases.map((base) => base && keepBase(root, base)));
      recorded.push(stage.name);
    }
    tree = layOver(startState, solution.tree);
  }
  return recorded;
}

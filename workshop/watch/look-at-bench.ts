import { readBench } from '../bench/read-bench.ts';
import { stageOfMark } from '../stages/find-stage.ts';
import type { Stage } from '../stages/list-stages.ts';
import { treeId } from '../stages/tree.ts';
import { UsageError } from '../stages/usage-error.ts';

/** What is on the bench now: its stage and a name for its content; or why it cannot be checked. */
export type BenchLook = { readonly stage: Stage; readonly id: string } | { readonly trouble: string };

/** Looks at a bench that its owner may be taking away, replacing or spoiling at this moment. */
export async function lookAtBench(
  dir: string,
  dirName: string,
  { stage, stages }: { readonly stage: Stage; readonly stages: readonly Stage[] },
): Promise<BenchLook> {
  try {
    const bench = await readBench(dir);
    if (!bench) return { trouble: `The bench \`${dirName}/\` is gone. Key u, or \`npm run undo\`, brings it back.` };
    return { stage: bench.stage === undefined ? stage : stageOfMark(stages, bench.stage), id: treeId(bench.tree) };
  } catch (error) {
    if (error instanceof UsageError) return { trouble: `\`${dirName}/\` cannot be checked: ${error.message}` };
    throw error;
  }
}

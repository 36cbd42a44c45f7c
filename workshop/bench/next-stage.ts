import { mergeFiles } from '../stages/merge-files.ts';
import { isDeletion } from '../stages/overlay.ts';
import type { StageDir } from '../stages/stage-dirs.ts';
import { readStartOverlay, solutionTree } from '../stages/stage-trees.ts';
import { type Tree, withFiles } from '../stages/tree.ts';
import { UsageError } from '../stages/usage-error.ts';
import type { BenchPlace } from './bench-place.ts';
import type { Moved } from './goto-stage.ts';
import { openBench } from './open-bench.ts';
import { overwriteBench } from './overwrite-bench.ts';

/** A bench that went on to the next stage, and the handed-out files that would not fit the learner's own. */
export type MovedOn = Moved & { readonly conflicts: readonly string[] };

/** Goes on to the next stage with the learner's code, and lays only what that stage hands out over it. */
export async function nextStage(place: BenchPlace): Promise<MovedOn> {
  const { bench, stage, stages, interruption } = await openBench(place);
  const next = stages[stages.indexOf(stage) + 1];
  if (!next) throw lastStageError(stage);
  const { tree, conflicts } = await layStart(place, { stage, next, bench: bench.tree });
  const overwritten = await overwriteBench(place, { to: { stage: next.slug, tree }, reason: `next, to ${next.name}` });
  return { ...overwritten, interruption: interruption ?? overwritten.interruption, stage: next, conflicts };
}

type Going = { readonly stage: StageDir; readonly next: StageDir; readonly bench: Tree };

async function layStart(
  place: BenchPlace,
  { stage, next, bench }: Going,
): Promise<{ tree: Tree; conflicts: string[] }> {
  const [base, start] = await Promise.all([solutionTree(place.root, stage.number), readStartOverlay(next)]);
  const merges = Array.from(start.tree, ([path, content]) => {
    const theirs = isDeletion(content) ? undefined : content;
    return { path, merge: mergeFiles({ ours: bench.get(path), base: base.get(path), theirs }, sides) };
  });
  return {
    tree: withFiles(
      bench,
      merges.flatMap(({ path, merge }) => (merge.ok ? [[path, merge.content] as const] : [])),
    ),
    conflicts: merges.filter(({ merge }) => !merge.ok).map(({ path }) => path),
  };
}

const sides = { ours: 'your code', theirs: 'what the next stage hands out' };

function lastStageError(stage: StageDir): UsageError {
  return new UsageError(
    `\`${stage.name}\` is the last stage: there is none after it. To take home: docs/MONDAY.md. \`npm run goto 0\` begins again.`,
  );
}

import { hasConflictMarkers } from '../stages/merge-files.ts';
import { overlayBetween } from '../stages/overlay.ts';
import { hasConflicts, planRebase, type RebasedStage } from '../stages/plan-rebase.ts';
import type { StageDir } from '../stages/stage-dirs.ts';
import { textOf } from '../stages/text.ts';
import { type Tree, treeOf } from '../stages/tree.ts';
import { UsageError } from '../stages/usage-error.ts';
import { type WrittenStage, writeRebasedStage } from '../stages/write-rebased-stage.ts';
import type { BenchPlace } from './bench-place.ts';
import { withKeptNotes } from './kept-notes.ts';
import { openBench } from './open-bench.ts';

/** A bench that became its stage's solution, and the later stages that were brought along. */
export type AuthorSaved = WrittenStage & { readonly stage: StageDir };

/** Writes the bench as its stage's solution and rebases the stages after it; `breakLater` leaves those as they are. */
export async function authorSave(place: BenchPlace, { breakLater = false } = {}): Promise<AuthorSaved> {
  const { bench, stage } = await openBench(place);
  refuseMarkers(stage, bench.tree);
  const { startState } =
    (await planRebase(place.root)).find((planned) => planned.stage.name === stage.name) ?? blocked(stage);
  const solved = withUnixText(await withKeptNotes(stage, bench.tree, startState));
  const plan = await planRebase(place.root, { stage, overlay: overlayBetween(startState, solved) });
  const broken = plan.find(hasConflicts);
  if (broken && !breakLater) throw laterError(stage, broken);
  const isLater = (planned: RebasedStage) => !breakLater && planned.isMoved && planned.stage.number > stage.number;
  const toWrite = plan.filter((planned) => planned.stage.name === stage.name || isLater(planned));
  const results = [];
  for (const planned of toWrite) results.push(await writeRebasedStage(place.root, planned));
  return { stage, written: results.flatMap((r) => r.written), untitled: results.flatMap((r) => r.untitled) };
}

function withUnixText(tree: Tree): Tree {
  return treeOf(Array.from(tree, ([path, content]) => [path, textOf(content) ?? content] as const));
}

function refuseMarkers(stage: StageDir, tree: Tree): void {
  const marked = [...tree].filter(([, content]) => hasConflictMarkers(content)).map(([path]) => `\`${path}\``);
  if (marked.length === 0) return;
  throw new UsageError(
    `The bench still has conflict markers in ${marked.join(', ')}. Settle them before it becomes the solution of \`${stage.name}\`.`,
  );
}

function blocked(stage: StageDir): never {
  throw new UsageError(
    `An overlay before \`${stage.name}\` does not fit what lies below it, so this stage's start is not known. Run \`npm run author rebase\` first.`,
  );
}

function laterError(stage: StageDir, broken: RebasedStage): UsageError {
  const paths = [...broken.start.conflicts, ...broken.solution.conflicts].map((path) => `\`${path}\``);
  return new UsageError(
    `Nothing was written: with this solution of \`${stage.name}\`, \`${broken.stage.name}\` no longer fits in ${paths.join(', ')}. ` +
      'Save it all the same with `--break-later`, then settle the rest: `npm run author rebase`.',
  );
}

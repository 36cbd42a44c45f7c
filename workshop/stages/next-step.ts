import { applyTreePatch } from './apply-patch.ts';
import { type Merge, mergeFiles } from './merge-files.ts';
import type { FilePatch } from './patch.ts';
import type { StageDir } from './stage-dirs.ts';
import { startTree } from './stage-trees.ts';
import { readSteps, type Step, treesAlongSteps } from './steps.ts';
import { isSameText } from './text.ts';
import { type Tree, withFiles } from './tree.ts';

/** A stage's steps with the canonical trees between them. */
export type StepPath = { readonly steps: readonly Step[]; readonly trees: readonly Tree[] };

/** How far a bench has come along the steps, and which one is next: none when all are there. */
export type Progress = {
  readonly there: readonly boolean[];
  readonly next: { readonly index: number; readonly step: Step } | undefined;
};

/** The bench with the step laid on it, or the files in which the learner's own lines are in its way. */
export type LaidStep =
  | { readonly ok: true; readonly tree: Tree }
  | { readonly ok: false; readonly conflicts: readonly string[] };

/** Reads the steps of a stage and the trees that they lead through. */
export async function readStepPath(root: string, stage: StageDir): Promise<StepPath> {
  const [steps, start] = await Promise.all([readSteps(stage), startTree(root, stage.number)]);
  return { steps, trees: treesAlongSteps(start, steps, `solutions/${stage.name}/steps.yaml`) };
}

/** Which steps of a path this bench has already, and which comes next. */
export function progressOf(path: StepPath, bench: Tree): Progress {
  const there = presentSteps(path, bench);
  const index = there.indexOf(false);
  const step = path.steps[index];
  return { there, next: step && { index, step } };
}

function presentSteps(path: StepPath, bench: Tree): readonly boolean[] {
  const canonical = path.trees.findLastIndex((tree) => isSameWhere(touchedPaths(path), tree, bench));
  if (canonical >= 0) return path.steps.map((_, i) => i < canonical);
  const states = path.steps.map((step, i) => stateOf(path, i, step, bench));
  // A step whose lines a later one has changed again looks like a conflict: the later one's presence vouches for it.
  return states.map((state, i) => state === 'there' || (state === 'hidden' && states.indexOf('there', i) > i));
}

function touchedPaths({ steps }: StepPath): readonly string[] {
  return steps.flatMap((step) => step.files.map((file) => file.path));
}

function isSameWhere(paths: readonly string[], a: Tree, b: Tree): boolean {
  return paths.every((path) => isSameText(a.get(path), b.get(path)));
}

function stateOf(path: StepPath, index: number, step: Step, bench: Tree): 'there' | 'missing' | 'hidden' {
  const laid = layByMerge(path, index, bench);
  if (laid.ok && isSameWhere(touchedPaths(path), laid.tree, bench)) return 'there';
  if (step.files.every((file) => hasAddedLines(file, bench, path.trees[index + 1]))) return 'there';
  return laid.ok ? 'missing' : 'hidden';
}

// Somebody who typed a step with a line of their own in its middle, or indented otherwise, has it all the same.
function hasAddedLines({ path, patch }: FilePatch, bench: Tree, after: Tree | undefined): boolean {
  const runs = patch.hunks.flatMap(({ lines }) => runsOfAdded(lines));
  const [have, want] = [bench, after].map((tree) => trimmedLines(tree?.get(path)?.toString('utf8') ?? ''));
  return runs.length > 0 && runs.every((run) => countOf(run, have ?? '') >= countOf(run, want ?? ''));
}

function runsOfAdded(lines: readonly string[]): readonly string[] {
  const marked = lines.map((line) => (line.startsWith('+') ? trimmedLines(line.slice(1)) : '\0'));
  const runs = marked.join('').split('\0');
  return runs.filter((run) => /\w/.test(run));
}

// Each line stands between marks of its own, so that no line is found in the end of a longer one.
function trimmedLines(text: string): string {
  return text
    .split('\n')
    .map((line) => `\u0001${line.trim()}\n`)
    .join('');
}

function countOf(run: string, text: string): number {
  return text.split(run).length - 1;
}

/** Lays one step of a path on a learner's bench, round the learner's own lines where that is possible. */
export function layStep(path: StepPath, index: number, bench: Tree): LaidStep {
  const merged = layByMerge(path, index, bench);
  if (merged.ok) return merged;
  const patched = applyTreePatch(bench, path.steps[index]?.files ?? []);
  return patched.ok ? { ok: true, tree: patched.tree } : merged;
}

function layByMerge(path: StepPath, index: number, bench: Tree): LaidStep {
  const [before, after] = [path.trees[index], path.trees[index + 1]];
  const files = path.steps[index]?.files ?? [];
  const merges = files.map(({ path: file }): [string, Merge] => [
    file,
    mergeFiles({ ours: bench.get(file), base: before?.get(file), theirs: after?.get(file) }, stepSides),
  ]);
  const conflicts = merges.filter(([, merge]) => !merge.ok).map(([file]) => file);
  if (conflicts.length > 0) return { ok: false, conflicts };
  return {
    ok: true,
    tree: withFiles(
      bench,
      merges.map(([file, merge]) => [file, merge.ok ? merge.content : undefined]),
    ),
  };
}

const stepSides = { ours: 'your code', theirs: 'this step' };

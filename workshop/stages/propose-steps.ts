import { applyPatch, structuredPatch } from 'diff';
import { distance } from 'fastest-levenshtein';
import { patchBetween } from './diff-trees.ts';
import type { FilePatch } from './patch.ts';
import { applyStep, type Step } from './steps.ts';
import { textOf } from './text.ts';
import { changedPaths, type Tree, withFiles } from './tree.ts';

/** A step as it goes into `steps.yaml`; a title that an author has yet to write begins with "??". */
export type ProposedStep = Pick<Step, 'title' | 'patch'>;

/** Proposes steps from a start to its solution: those there are as far as they still hold, then one for each new hunk. */
export function proposeSteps(start: Tree, solution: Tree, previous: readonly Step[]): readonly ProposedStep[] {
  const steps: ProposedStep[] = [];
  const dropped: Step[] = [];
  let tree = start;
  for (const [i, step] of previous.entries()) {
    const laid = applyStep(tree, step);
    if (!laid.ok || !isWanted(step, previous.slice(i + 1), solution)) {
      dropped.push(step);
      continue;
    }
    steps.push({ title: step.title, patch: patchBetween(tree, laid.tree) });
    tree = laid.tree;
  }
  for (const next of treesByHunk(tree, solution)) {
    const patch = patchBetween(tree, next);
    steps.push({ title: titleFor(patch, changedPaths(tree, next)[0] ?? '', dropped), patch });
    tree = next;
  }
  return steps;
}

// A step still holds when each line that it adds is in the solution, or is taken away again by a later step.
function isWanted(step: Step, later: readonly Step[], solution: Tree): boolean {
  return step.files.every((file) => {
    const kept = new Set([
      ...linesOf(solution.get(file.path)),
      ...later.flatMap((other) => changedLines(other, file.path, '-')),
    ]);
    return changedLines(step, file.path, '+').every((line) => kept.has(line));
  });
}

function linesOf(content: Buffer | undefined): readonly string[] {
  return content ? (textOf(content) ?? '').split('\n') : [];
}

function changedLines(step: Step, path: string, sign: '+' | '-'): readonly string[] {
  const ofFile = (file: FilePatch) => file.path === path;
  const lines = step.files.filter(ofFile).flatMap((file) => file.patch.hunks.flatMap((hunk) => hunk.lines));
  return lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(1));
}

function* treesByHunk(from: Tree, to: Tree): Generator<Tree> {
  let tree = from;
  for (const path of changedPaths(from, to)) {
    for (const content of contentsByHunk(from.get(path), to.get(path))) {
      tree = withFiles(tree, [[path, content]]);
      yield tree;
    }
  }
}

function contentsByHunk(
  before: Buffer | undefined,
  after: Buffer | undefined,
): readonly (Buffer | string | undefined)[] {
  const [old, now] = [before && textOf(before), after && textOf(after)];
  if (old === undefined || now === undefined) return [after];
  const patch = structuredPatch('', '', old, now, '', '', { context: 1 });
  return patch.hunks.map((_, i) => applyPatch(old, { ...patch, hunks: patch.hunks.slice(0, i + 1) }) || '');
}

function titleFor(patch: string, path: string, dropped: readonly Step[]): string {
  const nearest = dropped
    .filter((step) => step.files.some((file) => file.path === path))
    .map((step) => ({
      title: step.title,
      far: distance(step.patch, patch) / Math.max(step.patch.length, patch.length),
    }))
    .sort((a, b) => a.far - b.far)[0];
  return `?? ${nearest && nearest.far < 0.5 ? nearest.title.replace(/^\?\? /, '') : `${path}: ${firstChange(patch)}`}`;
}

function firstChange(patch: string): string {
  const line = patch.split('\n').find((line) => /^[+-](?![+-]{2} )\s*\S/.test(line)) ?? '';
  return line.slice(1).trim().slice(0, 60);
}

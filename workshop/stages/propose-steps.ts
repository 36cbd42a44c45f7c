import { applyPatch, structuredPatch } from 'diff';
import { distance } from 'fastest-levenshtein';
import { patchBetween } from './diff-trees.ts';
import type { FilePatch } from './patch.ts';
import { applyStep, type Step } from './steps.ts';
import { textOf } from './text.ts';
import { changedPaths, type Tree, withFiles } from './tree.ts';

/** A step as it goes into `steps.yaml`; a title that an author has yet to write begins with "??". */
export type ProposedStep = Pick<Step, 'title' | 'patch'>;

/** Proposes steps from a start to its solution: those there are as far as they still hold, then one for each new hunk. Steps of one title become one. */
export function proposeSteps(start: Tree, solution: Tree, previous: readonly Step[]): readonly ProposedStep[] {
  const kept: Stretch[] = [];
  const dropped: Step[] = [];
  let tree = start;
  for (const [i, step] of previous.entries()) {
    const laid = applyStep(tree, step);
    if (!laid.ok || !isWanted(step, previous.slice(i + 1), solution)) {
      dropped.push(step);
      continue;
    }
    const last = kept.at(-1);
    if (last?.title === step.title) kept[kept.length - 1] = { ...last, to: laid.tree };
    else kept.push({ title: step.title, from: tree, to: laid.tree });
    tree = laid.tree;
  }
  const steps = kept.map(({ title, from, to }) => ({ title, patch: patchBetween(from, to) }));
  return [...steps, ...stepsByHunk(tree, solution, dropped)];
}

type Stretch = { readonly title: string; readonly from: Tree; readonly to: Tree };

function stepsByHunk(start: Tree, solution: Tree, dropped: readonly Step[]): readonly ProposedStep[] {
  const trees = [start, ...treesByHunk(start, solution)];
  return trees.slice(1).map((to, i) => {
    const from = trees[i] ?? start;
    const patch = patchBetween(from, to);
    return { title: titleFor(patch, changedPaths(from, to)[0] ?? '', dropped), patch };
  });
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
  for (const path of inRunningOrder(changedPaths(from, to), from, to)) {
    for (const content of contentsByHunk(from.get(path), to.get(path))) {
      tree = withFiles(tree, [[path, content]]);
      yield tree;
    }
  }
}

// The app should run after every step: a new file comes before those that use it, how it is started comes last.
function inRunningOrder(paths: readonly string[], from: Tree, to: Tree): readonly string[] {
  const rank = (path: string) => (!from.has(path) ? 0 : !to.has(path) ? 2 : path === 'Procfile' ? 3 : 1);
  return paths.toSorted((a, b) => rank(a) - rank(b));
}

function contentsByHunk(
  before: Buffer | undefined,
  after: Buffer | undefined,
): readonly (Buffer | string | undefined)[] {
  const [old, now] = [before && textOf(before), after && textOf(after)];
  if (old === undefined || now === undefined) return [after];
  const patch = structuredPatch('', '', old, now, '', '', { context: 1 });
  const contents = patch.hunks.map((_, i) => applyPatch(old, { ...patch, hunks: patch.hunks.slice(0, i + 1) }) || '');
  // A hunk that opens a bracket and the one that closes it are one step: between them the file could not be read.
  return contents.filter((content, i) => i === contents.length - 1 || openBrackets(content) === openBrackets(old));
}

function openBrackets(text: string): number {
  return text.split(/[({[]/).length - text.split(/[)}\]]/).length;
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

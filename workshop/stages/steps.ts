import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { applyTreePatch, type Patched } from './apply-patch.ts';
import { type FilePatch, parseTreePatch } from './patch.ts';
import type { StageDir } from './stage-dirs.ts';
import type { Tree } from './tree.ts';
import { UsageError } from './usage-error.ts';
import { isMissing } from './walk-files.ts';

/** One titled hunk on the way from a stage's start to its solution. */
export type Step = { readonly title: string; readonly patch: string; readonly files: readonly FilePatch[] };

/** The steps of a stage in teaching order; none where a stage has no `steps.yaml`. */
export async function readSteps(stage: StageDir): Promise<readonly Step[]> {
  const source = `solutions/${stage.name}/steps.yaml`;
  const text = await readFile(join(stage.solutionDir, 'steps.yaml'), 'utf8').catch((error) => {
    if (isMissing(error)) return '[]';
    throw error;
  });
  return parseSteps(text, source);
}

/** Reads the list of steps in a `steps.yaml`; `source` names it in errors. */
export function parseSteps(text: string, source: string): readonly Step[] {
  const list: unknown = parse(text);
  if (!Array.isArray(list)) throw stepsError(source, 'is not a list');
  return list.map((item: unknown, i) => parseStep(item, `${source}, step ${i + 1}`));
}

function parseStep(item: unknown, source: string): Step {
  if (typeof item !== 'object' || item === null || !('title' in item) || !('patch' in item)) {
    throw stepsError(source, 'lacks its `title` or its `patch`');
  }
  const { title, patch } = item;
  if (typeof title !== 'string' || typeof patch !== 'string')
    throw stepsError(source, 'has a title or patch that is no text');
  return { title, patch, files: parseTreePatch(patch, source) };
}

function stepsError(source: string, what: string): UsageError {
  return new UsageError(
    `\`${source}\` ${what}. Steps are a list of \`- title: …\` with \`patch: |\` and a unified diff.`,
  );
}

/** The text of a `steps.yaml` with these steps. */
export function formatSteps(steps: readonly Pick<Step, 'title' | 'patch'>[]): string {
  const list = steps.map(({ title, patch }) => ({ title, patch }));
  return stringify(list, { lineWidth: 0, blockQuote: 'literal' });
}

/** The tree with one step laid on it exactly as it is written. */
export function applyStep(tree: Tree, step: Step): Patched {
  return applyTreePatch(tree, step.files);
}

/** The trees before the first step, after it, and so on to the last: one more than there are steps. */
export function treesAlongSteps(start: Tree, steps: readonly Step[], source: string): readonly Tree[] {
  const trees = [start];
  for (const [i, step] of steps.entries()) {
    const result = applyStep(trees.at(-1) ?? start, step);
    if (!result.ok) throw misfitError(`${source}, step ${i + 1} ("${step.title}")`, result);
    trees.push(result.tree);
  }
  return trees;
}

/** The error for a diff of the workshop's own that no longer fits. */
export function misfitError(source: string, misfit: Extract<Patched, { ok: false }>): UsageError {
  return new UsageError(
    `\`${source}\` does not apply: hunk ${misfit.hunk} of \`${misfit.path}\`: ${misfit.reason}. ` +
      'The code that it was written on has changed since: write it again on what is there now.',
  );
}

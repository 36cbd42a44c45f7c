import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyTreePatch } from './apply-patch.ts';
import { parseTreePatch } from './patch.ts';
import type { StageDir } from './stage-dirs.ts';
import { solutionTree, startTree } from './stage-trees.ts';
import { misfitError } from './steps.ts';
import { withUnixLineEnds } from './text.ts';
import type { Tree } from './tree.ts';
import { UsageError } from './usage-error.ts';
import { isMissing } from './walk-files.ts';

/** What a learner would really write: another right way, or a mistake with the finding that it deserves. */
export type Submission = {
  /** The file's name without `.patch`. */
  readonly name: string;
  /** The file's path from the project's root. */
  readonly source: string;
  readonly kind: 'right' | 'wrong';
  /** Everything between `wrong-` and the end, of which a finding's code is the beginning: see `submissionFinding`. */
  readonly about: string;
  /** The code in a line `# finding: …`, where the file's name does not say it. */
  readonly finding: string | undefined;
  /** The codes in a line `# beside: …`: what the same mistake brings along, and no folding can take for one. */
  readonly beside: readonly string[];
  readonly why: string | undefined;
  readonly on: 'start' | 'solution';
  readonly tree: Tree;
};

/** The submissions of a stage, in the order of their names, each applied to the start or solution it names. */
export async function readSubmissions(root: string, stage: StageDir): Promise<readonly Submission[]> {
  const names = await readdir(join(stage.exerciseDir, 'submissions')).catch((error) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const patches = names.filter((name) => name.endsWith('.patch')).sort();
  if (patches.length === 0) return [];
  const [start, solution] = await Promise.all([startTree(root, stage.number), solutionTree(root, stage.number)]);
  return Promise.all(patches.map((name) => readSubmission(stage, name, { start, solution })));
}

/** The code that a wrong submission must be met with: the longest that its name begins with. */
export function submissionFinding(submission: Submission, codes: Iterable<string>): string | undefined {
  if (submission.kind === 'right') return undefined;
  const { about, finding } = submission;
  const fitting = [...codes].filter((code) => about === code || about.startsWith(`${code}-`));
  return finding ?? fitting.sort((a, b) => b.length - a.length)[0];
}

type Ground = { readonly start: Tree; readonly solution: Tree };

async function readSubmission(stage: StageDir, name: string, ground: Ground): Promise<Submission> {
  const source = `exercises/${stage.name}/submissions/${name}`;
  const text = withUnixLineEnds(await readFile(join(stage.exerciseDir, 'submissions', name), 'utf8'));
  const on = headerOf(text, 'on') ?? 'start';
  if (on !== 'start' && on !== 'solution') throw headerError(source, on);
  const patched = applyTreePatch(ground[on], parseTreePatch(text, source));
  if (!patched.ok) throw misfitError(source, patched);
  const why = headerOf(text, 'why');
  const beside = headerOf(text, 'beside')?.split(/[\s,]+/) ?? [];
  return {
    ...parseName(name, source),
    source,
    finding: headerOf(text, 'finding'),
    beside,
    why,
    on,
    tree: patched.tree,
  };
}

function parseName(file: string, source: string): Pick<Submission, 'name' | 'kind' | 'about'> {
  const match = /^(right|wrong)-(.+)\.patch$/.exec(file);
  if (!match?.[2]) throw nameError(source);
  return { name: file.slice(0, -'.patch'.length), kind: match[1] === 'right' ? 'right' : 'wrong', about: match[2] };
}

function headerOf(text: string, key: string): string | undefined {
  const head = text.split('\n').filter((line) => line.startsWith('#'));
  const line = head.find((line) => line.startsWith(`# ${key}:`));
  return line?.slice(key.length + 3).trim();
}

function nameError(source: string): UsageError {
  return new UsageError(`\`${source}\` is neither \`right-….patch\` nor \`wrong-<finding>-….patch\`. Rename it.`);
}

function headerError(source: string, on: string): UsageError {
  return new UsageError(`\`${source}\` says \`# on: ${on}\`. It must be \`# on: start\` or \`# on: solution\`.`);
}

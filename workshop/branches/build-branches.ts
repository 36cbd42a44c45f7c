import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Tree, treeOf } from '../stages/tree.ts';
import { writeTree } from '../stages/write-tree.ts';
import { branchCommits } from './branch-commits.ts';
import { openGit } from './open-git.ts';
import { type PlannedBranch, planBranches } from './plan-branches.ts';
import { type PointedBranch, pointBranches } from './point-branches.ts';
import { readCommit } from './read-commit.ts';
import { readSourceCommit, type SourceCommit } from './source-commit.ts';
import { buildName, buildRef, sweepBuilds } from './sweep-builds.ts';

/** What was built, and of which commit. */
export type BuiltBranches = { readonly source: SourceCommit; readonly branches: readonly PointedBranch[] };

/** Where to build, and from which commit. */
export type BranchesPlan = {
  readonly root: string;
  readonly stateDir: string;
  readonly from: string;
  readonly signal: AbortSignal;
};

/**
 * Builds the branches of all stages from a commit: `exercise/00-…` on it, then each on the one before. Only that commit
 * says what is in them, so that they are the same on every machine; work tree, index and bench are not looked at.
 */
export async function buildBranches({ root, stateDir, from, signal }: BranchesPlan): Promise<BuiltBranches> {
  const git = openGit(root, signal);
  const source = await readSourceCommit(git, from);
  const project = await readCommit(git, source.id);
  await mkdir(stateDir, { recursive: true });
  await sweepBuilds(git, stateDir);
  // Inside the project, so that what a stage imports is found.
  const dir = await mkdtemp(join(stateDir, buildName()));
  await using held = new AsyncDisposableStack();
  held.defer(() => rm(dir, { recursive: true, force: true }));
  await writeTree(join(dir, 'project'), project);
  const branches = await planBranches(join(dir, 'project'));
  const ref = buildRef();
  held.defer(async () => void (await git(['update-ref', '-d', ref])));
  const marks = join(dir, 'marks');
  const stream = branchCommits(branches, { source, benchBefore: benchOf(project), ref });
  await git(['fast-import', '--quiet', `--export-marks=${marks}`], stream);
  const commits = parseMarks(await readFile(marks, 'utf8'));
  return { source, branches: await pointBranches(git, pair(branches, commits)) };
}

function benchOf(project: Tree): Tree {
  const prefix = 'workbench/';
  const files = [...project].filter(([path]) => path.startsWith(prefix));
  return treeOf(files.map(([path, content]) => [path.slice(prefix.length), content] as const));
}

function parseMarks(text: string): ReadonlyMap<number, string> {
  return new Map(Array.from(text.matchAll(/^:(\d+) ([0-9a-f]+)$/gm), ([, mark, id = '']) => [Number(mark), id]));
}

function pair(branches: readonly PlannedBranch[], commits: ReadonlyMap<number, string>) {
  return branches.map(({ name }, i) => {
    const commit = commits.get(i + 1);
    if (!commit) throw new Error(`git fast-import gave no commit for ${name}.`);
    return { name, commit };
  });
}

import { UsageError } from '../stages/usage-error.ts';
import { BRANCH_AUTHOR } from './branch-commits.ts';
import { type Git, GitRefused } from './open-git.ts';

/** What became of a branch; one with somebody's own commits, or one that is checked out, is left as it is. */
export type PointedBranch = {
  readonly name: string;
  readonly commit: string;
  readonly outcome: 'made' | 'renewed' | 'same' | 'has-own-commits' | 'is-checked-out';
};

/** Points each branch at its commit, all of them or none; no work tree and nobody's commit is touched. */
export async function pointBranches(
  git: Git,
  wanted: readonly { readonly name: string; readonly commit: string }[],
): Promise<readonly PointedBranch[]> {
  const [present, checkedOut] = [await readBranches(git), await readCheckedOut(git)];
  const pointed = wanted.map(({ name, commit }): PointedBranch => {
    const before = present.get(name);
    if (!before) return { name, commit, outcome: 'made' };
    if (before.commit === commit) return { name, commit, outcome: 'same' };
    if (!before.isOurs) return { name, commit, outcome: 'has-own-commits' };
    return { name, commit, outcome: checkedOut.has(name) ? 'is-checked-out' : 'renewed' };
  });
  const updates = pointed.flatMap(({ name, commit, outcome }) => {
    if (outcome !== 'made' && outcome !== 'renewed') return [];
    return `update refs/heads/${name}\0${commit}\0${present.get(name)?.commit ?? NONE}\0`;
  });
  // Without a word at the end, some of them would be set when this process is killed while it names them.
  const all = `start\0${updates.join('')}commit\0`;
  await git(['update-ref', '-m', 'npm run branches', '-z', '--stdin'], Buffer.from(all)).catch(explain);
  return pointed;
}

async function readBranches(
  git: Git,
): Promise<ReadonlyMap<string, { readonly commit: string; readonly isOurs: boolean }>> {
  const format = '%(refname:lstrip=2)%09%(objectname)%09%(authorname) %(authoremail)';
  const lines = (await git(['for-each-ref', `--format=${format}`, 'refs/heads'])).toString('utf8').trim().split('\n');
  return new Map(
    lines.map((line) => {
      const [name = '', commit = '', author] = line.split('\t');
      return [name, { commit, isOurs: author === BRANCH_AUTHOR }];
    }),
  );
}

/** Of this work tree and of all others that share the repository. */
async function readCheckedOut(git: Git): Promise<ReadonlySet<string>> {
  const list = (await git(['worktree', 'list', '--porcelain'])).toString('utf8');
  return new Set(Array.from(list.matchAll(/^branch refs\/heads\/(.+)$/gm), ([, name = '']) => name));
}

function explain(error: unknown): never {
  if (!(error instanceof GitRefused)) throw error;
  throw new UsageError(
    `Git would not set the branches, and none was changed: ${error.said}. ` +
      'A branch called `exercise` or `solution` is in the way of `exercise/…`, or another program holds the repository. Rename it, or try again.',
    { cause: error },
  );
}

const NONE = '0'.repeat(40);

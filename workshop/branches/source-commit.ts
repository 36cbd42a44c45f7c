import { UsageError } from '../stages/usage-error.ts';
import { type Git, GitRefused } from './open-git.ts';

/** The commit that branches are built from. */
export type SourceCommit = {
  readonly id: string;
  /** What the user calls it. */
  readonly name: string;
  /** When it was committed, in seconds since 1970. */
  readonly at: number;
};

/** Finds a commit by the name of a branch, a tag, or its id. */
export async function readSourceCommit(git: Git, name: string): Promise<SourceCommit> {
  const answer = await git(['log', '-1', '--no-show-signature', '--format=%H %ct', `${name}^{commit}`, '--']).catch(
    (error: unknown) => {
      throw error instanceof GitRefused ? notFoundError(name, error) : error;
    },
  );
  const [id = '', at] = answer.toString('utf8').trim().split(' ');
  return { id, name, at: Number(at) };
}

function notFoundError(name: string, error: GitRefused): UsageError {
  if (/not a git repository/i.test(error.said)) return new UsageError(NOT_A_REPOSITORY, { cause: error });
  return new UsageError(
    `There is no commit \`${name}\` here to build the branches from. ` +
      'Name one: `npm run branches -- --from HEAD` takes the one that is checked out.',
    { cause: error },
  );
}

const NOT_A_REPOSITORY =
  'This folder is no git repository, so it has no branches to build. Clone the project by `git clone` instead of downloading it; ' +
  'without branches `npm run goto 3` brings you to the same code.';

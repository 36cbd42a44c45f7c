import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from './usage-error.ts';
import { isMissing } from './walk-files.ts';

/** Where one stage's exercise and solution are, and what it is called. */
export type StageDir = {
  readonly number: number;
  /** The stage's key, stable when stages are renumbered. */
  readonly slug: string;
  /** The name of its folders: `NN-slug`. */
  readonly name: string;
  readonly exerciseDir: string;
  readonly solutionDir: string;
};

/** The stages of a project, in order, without reading what is in them. */
export async function readStageDirs(root: string): Promise<readonly StageDir[]> {
  const names = await readdir(join(root, 'exercises')).catch(noneIfMissing);
  const dirs = names.sort().flatMap((name) => stageDirOf(root, name) ?? []);
  for (const [i, dir] of dirs.entries()) {
    if (dirs[i + 1]?.number === dir.number) throw twiceError(dir, dirs[i + 1]);
  }
  return dirs;
}

function noneIfMissing(error: unknown): string[] {
  if (isMissing(error)) return [];
  throw error;
}

function stageDirOf(root: string, name: string): StageDir | undefined {
  const match = /^(\d\d)-([a-z0-9][a-z0-9-]*)$/.exec(name);
  if (!match?.[1] || !match[2]) return undefined;
  return {
    number: Number(match[1]),
    slug: match[2],
    name,
    exerciseDir: join(root, 'exercises', name),
    solutionDir: join(root, 'solutions', name),
  };
}

function twiceError(a: StageDir, b: StageDir | undefined): UsageError {
  return new UsageError(
    `\`exercises/${a.name}\` and \`exercises/${b?.name}\` have the same number. ` +
      'Stages build on each other in order: rename one of them.',
  );
}

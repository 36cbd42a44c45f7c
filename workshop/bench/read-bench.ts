import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonAgainst, stageFile } from '../stages/check-path.ts';
import { type Tree, treeOf, withFiles } from '../stages/tree.ts';
import { UsageError } from '../stages/usage-error.ts';
import { isMissing, walkFiles } from '../stages/walk-files.ts';

/** What is in a bench, and the stage that it stands at. */
export type Bench = {
  /** The stage's key, or undefined in a bench that bears no mark. */
  readonly stage: string | undefined;
  readonly tree: Tree;
  /** What is in the folder and is none of the tree: links, and files too large to keep. */
  readonly leftOut: readonly string[];
};

/** Reads a bench without its installed packages; undefined when there is none, or nothing in it. */
export async function readBench(dir: string): Promise<Bench | undefined> {
  const found = await walkFiles(dir);
  const files = await Promise.all(found.map(async (file) => ({ path: file.path, content: await readOne(dir, file) })));
  checkSize(dir, files);
  const kept = files.flatMap(({ path, content }) => (Buffer.isBuffer(content) ? [[path, content] as const] : []));
  if (found.length === 0) return undefined;
  const leftOut = files.filter(({ content }) => content === 'left out').map(({ path }) => path);
  return benchOf(treeOf(kept), leftOut);
}

/** The bench whose files, its mark among them, are these. */
export function benchOf(files: Tree, leftOut: readonly string[] = []): Bench {
  const stage = files.get(stageFile)?.toString('utf8').trim() || undefined;
  return { stage, tree: withFiles(files, [[stageFile, undefined]]), leftOut };
}

/** All files of a bench, its mark among them. */
export function filesOfBench({ stage, tree }: Pick<Bench, 'stage' | 'tree'>): Tree {
  return withFiles(tree, [[stageFile, stage && `${stage}\n`]]);
}

async function readOne(dir: string, file: { path: string; isPlain: boolean }): Promise<Buffer | 'left out' | 'gone'> {
  if (!file.isPlain || (file.path !== stageFile && reasonAgainst(file.path))) return 'left out';
  try {
    const { size } = await stat(join(dir, file.path));
    return size > largestFile ? 'left out' : await readFile(join(dir, file.path));
  } catch (error) {
    if (isMissing(error)) return 'gone';
    throw error;
  }
}

const largestFile = 2 * 1024 * 1024;
const mostFiles = 5_000;
const mostBytes = 64 * 1024 * 1024;

function checkSize(dir: string, files: readonly { content: Buffer | string }[]): void {
  const bytes = files.reduce((sum, { content }) => sum + content.length, 0);
  if (files.length <= mostFiles && bytes <= mostBytes) return;
  throw new UsageError(
    `The bench \`${dir}\` holds ${files.length} files of ${Math.round(bytes / 1024 / 1024)} MiB together, more than can be ` +
      `saved (${mostFiles} files, ${mostBytes / 1024 / 1024} MiB). Move what is not the app's source elsewhere.`,
  );
}

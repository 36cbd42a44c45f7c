import { type Tree, treeOf } from '../stages/tree.ts';
import type { Git } from './open-git.ts';

/** All plain files of a commit to the byte, whatever this machine's git does to line ends in a checkout. */
export async function readCommit(git: Git, commit: string): Promise<Tree> {
  const listing = (await git(['ls-tree', '-r', '-z', '--full-tree', commit])).toString('utf8');
  const files = listing.split('\0').flatMap((line) => fileOf(line) ?? []);
  const contents = parseBatch(
    await git(['cat-file', '--batch'], Buffer.from(files.map(({ id }) => `${id}\n`).join(''))),
  );
  return treeOf(files.map(({ path }, i) => [path, contents[i] ?? Buffer.alloc(0)] as const));
}

function fileOf(line: string): { readonly id: string; readonly path: string } | undefined {
  const match = /^100\d+ blob ([0-9a-f]+)\t(.+)$/s.exec(line);
  return match?.[1] && match[2] ? { id: match[1], path: match[2] } : undefined;
}

/** What `git cat-file --batch` prints: a line with the size, the content, a line end, and so on. */
function parseBatch(output: Buffer): readonly Buffer[] {
  const contents: Buffer[] = [];
  for (let at = 0; at < output.length; ) {
    const lineEnd = output.indexOf(10, at);
    const size = Number(output.toString('utf8', at, lineEnd).split(' ')[2]);
    const begin = lineEnd + 1;
    contents.push(output.subarray(begin, begin + size));
    at = begin + size + 1;
  }
  return contents;
}

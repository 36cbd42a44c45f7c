import { changedPaths, type Tree } from '../stages/tree.ts';
import type { PlannedBranch } from './plan-branches.ts';
import type { SourceCommit } from './source-commit.ts';

/** Who all these commits are by, so that they have the same ids on every machine and can be told from a learner's own. */
export const BRANCH_AUTHOR = 'Untangle <branches@untangle.invalid>';

/** The stream for `git fast-import` that makes one commit a branch on a single line, each marked by its place from 1. */
export function branchCommits(
  branches: readonly PlannedBranch[],
  { source, benchBefore, ref }: { readonly source: SourceCommit; readonly benchBefore: Tree; readonly ref: string },
): Buffer {
  const parts = branches.flatMap((branch, i) => [
    text(`commit ${ref}\nmark :${i + 1}\n`),
    text(`author ${BRANCH_AUTHOR} ${source.at} +0000\ncommitter ${BRANCH_AUTHOR} ${source.at} +0000\n`),
    data(Buffer.from(messageOf(branch, source))),
    text(`from ${i === 0 ? source.id : `:${i}`}\n`),
    ...changes(branches[i - 1]?.bench ?? benchBefore, branch.bench),
  ]);
  return Buffer.concat([text('feature done\n'), ...parts, text('done\n')]);
}

function messageOf({ subject, body, source: folder }: PlannedBranch, source: SourceCommit): string {
  return `${subject}\n\n${body}\n\nSource: ${folder} of ${source.id}\n`;
}

function changes(before: Tree, after: Tree): readonly Buffer[] {
  return changedPaths(before, after).flatMap((path) => {
    const content = after.get(path);
    const quoted = quote(`workbench/${path}`);
    return content ? [text(`M 100644 inline ${quoted}\n`), data(content)] : [text(`D ${quoted}\n`)];
  });
}

function quote(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

function data(content: Buffer): Buffer {
  return Buffer.concat([text(`data ${content.length}\n`), content, text('\n')]);
}

function text(line: string): Buffer {
  return Buffer.from(line);
}

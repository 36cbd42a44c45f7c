import { createTwoFilesPatch, FILE_HEADERS_ONLY, structuredPatch } from 'diff';
import { isSameText, textOf } from './text.ts';
import type { Tree } from './tree.ts';

/** What differs in one file, as a unified diff, with the lines counted. */
export type FileDiff = {
  readonly path: string;
  readonly change: 'create' | 'delete' | 'modify';
  readonly added: number;
  readonly removed: number;
  readonly text: string;
};

/** What changes from one tree to the other, file by file; line ends alone are no difference. */
export function diffTrees(before: Tree, after: Tree, contextLines = 3): readonly FileDiff[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths
    .filter((path) => !isSameText(before.get(path), after.get(path)))
    .map((path) => diffFile(path, before.get(path), after.get(path), contextLines));
}

/** The unified diff from one tree to the other, which `parseTreePatch` reads back. */
export function patchBetween(before: Tree, after: Tree, contextLines = 3): string {
  return diffTrees(before, after, contextLines)
    .map((file) => file.text)
    .join('');
}

function diffFile(path: string, before: Buffer | undefined, after: Buffer | undefined, context: number): FileDiff {
  const change = !before ? 'create' : !after ? 'delete' : 'modify';
  const [old, now] = [before, after].map((content) => (content ? textOf(content) : ''));
  if (old === undefined || now === undefined) return { path, change, added: 0, removed: 0, text: binaryNote(path) };
  const names = [before ? `a/${path}` : '/dev/null', after ? `b/${path}` : '/dev/null'] as const;
  const text = createTwoFilesPatch(...names, old, now, undefined, undefined, {
    context,
    headerOptions: FILE_HEADERS_ONLY,
  });
  return { path, change, ...countLines(old, now), text };
}

function countLines(before: string, after: string): { added: number; removed: number } {
  const lines = structuredPatch('', '', before, after, '', '', { context: 0 }).hunks.flatMap((hunk) => hunk.lines);
  const count = (sign: string) => lines.filter((line) => line.startsWith(sign)).length;
  return { added: count('+'), removed: count('-') };
}

function binaryNote(path: string): string {
  return `Binary file ${path} differs\n`;
}

import { applyPatch } from 'diff';
import type { FilePatch } from './patch.ts';
import { likeLineEndsOf, textOf } from './text.ts';
import { type Tree, withFiles } from './tree.ts';

/** The patched tree, or the first file and hunk (counted from 1) that do not fit. */
export type Patched =
  | { readonly ok: true; readonly tree: Tree }
  | { readonly ok: false; readonly path: string; readonly hunk: number; readonly reason: string };

/** Applies a unified diff to a tree, all of it or nothing; `fuzz` is how many lines of context may differ. */
export function applyTreePatch(tree: Tree, patches: readonly FilePatch[], fuzz = 0): Patched {
  let patched = tree;
  for (const file of patches) {
    const result = applyFilePatch(patched.get(file.path), file, fuzz);
    if (!result.ok) return { ...result, path: file.path };
    patched = withFiles(patched, [[file.path, result.content]]);
  }
  return { ok: true, tree: patched };
}

type PatchedFile =
  | { readonly ok: true; readonly content: Buffer | undefined }
  | { readonly ok: false; readonly hunk: number; readonly reason: string };

function applyFilePatch(content: Buffer | undefined, file: FilePatch, fuzz: number): PatchedFile {
  if (file.change === 'create' && content) return { ok: false, hunk: 1, reason: 'the file is there already' };
  if (file.change !== 'create' && !content) return { ok: false, hunk: 1, reason: 'there is no such file' };
  const before = content ? textOf(content) : '';
  if (before === undefined) return { ok: false, hunk: 1, reason: 'the file is no text' };
  const after = applyPatch(before, file.patch, { fuzzFactor: fuzz });
  if (after === false) return { ok: false, hunk: firstMisfit(before, file, fuzz), reason: 'its lines are not there' };
  if (file.change !== 'delete') return { ok: true, content: likeLineEndsOf(content, after) };
  return after === ''
    ? { ok: true, content: undefined }
    : { ok: false, hunk: 1, reason: 'more is in the file than it deletes' };
}

function firstMisfit(before: string, { patch }: FilePatch, fuzz: number): number {
  const fits = (count: number) =>
    applyPatch(before, { ...patch, hunks: patch.hunks.slice(0, count) }, { fuzzFactor: fuzz }) !== false;
  const counts = patch.hunks.map((_, i) => i + 1);
  return counts.find((count) => !fits(count)) ?? patch.hunks.length;
}

import { merge } from 'node-diff3';
import { isSameText, likeLineEndsOf, textOf } from './text.ts';

/** One file three times: as the reader has it, as both sides once had it, and as it is to become; missing is undefined. */
export type ThreeWays = {
  readonly ours: Buffer | undefined;
  readonly base: Buffer | undefined;
  readonly theirs: Buffer | undefined;
};

/** The file with both sides' changes, or, where they touch the same lines, the file with conflict markers. */
export type Merge =
  | { readonly ok: true; readonly content: Buffer | undefined }
  | { readonly ok: false; readonly marked: Buffer };

/** What the two sides of a conflict are called in its markers. */
export type SideNames = { readonly ours: string; readonly theirs: string };

/** Merges what two sides made of one file; line ends stay as ours are. */
export function mergeFiles({ ours, base, theirs }: ThreeWays, names: SideNames): Merge {
  if (isSameText(ours, theirs) || isSameText(base, theirs)) return { ok: true, content: ours };
  if (isSameText(ours, base)) return { ok: true, content: theirs && likeOurs(ours, theirs) };
  return mergeTexts({ ours, base, theirs }, names);
}

function mergeTexts({ ours, base, theirs }: ThreeWays, names: SideNames): Merge {
  const [a, o, b] = [ours, base, theirs].map((content) => content && textOf(content));
  if (!ours || !theirs || a === undefined || b === undefined) return { ok: false, marked: ours ?? Buffer.from('') };
  const label = { a: names.ours, b: names.theirs };
  const { conflict, result } = merge(a.split('\n'), (o ?? '').split('\n'), b.split('\n'), { label });
  const content = likeLineEndsOf(ours, result.join('\n'));
  return conflict ? { ok: false, marked: content } : { ok: true, content };
}

function likeOurs(ours: Buffer | undefined, theirs: Buffer): Buffer {
  const text = textOf(theirs);
  return text === undefined ? theirs : likeLineEndsOf(ours, text);
}

/** Whether a file still has the markers of a conflict that nobody settled. */
export function hasConflictMarkers(content: Buffer): boolean {
  return /^<{7} .*$[\s\S]*^={7}\r?$[\s\S]*^>{7} /m.test(content.toString('latin1'));
}

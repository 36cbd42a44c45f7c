import { type Tree, withFiles } from './tree.ts';

/** The tree with an overlay's files in place, and without those that the overlay deletes. */
export function layOver(tree: Tree, overlay: Tree): Tree {
  return withFiles(
    tree,
    Array.from(overlay, ([path, content]) => [path, isDeletion(content) ? undefined : content] as const),
  );
}

/** The overlay that turns one tree into the other: the smallest there is. */
export function overlayBetween(before: Tree, after: Tree): Tree {
  const changes = [...before.keys(), ...after.keys()].filter((path) => !sameIn(path, before, after));
  return withFiles(
    new Map(),
    changes.map((path) => [path, after.get(path) ?? deletion] as const),
  );
}

function sameIn(path: string, before: Tree, after: Tree): boolean {
  const [old, now] = [before.get(path), after.get(path)];
  return old !== undefined && now !== undefined && old.equals(now);
}

/** Whether an overlay's file says only that the file is gone. */
export function isDeletion(content: Buffer): boolean {
  return content.length < 16 && content.toString('utf8').trim() === '__delete';
}

const deletion = Buffer.from('__delete\n');

import { createHash } from 'node:crypto';

/** Files by their path with forward slashes, in the order of their paths. */
export type Tree = ReadonlyMap<string, Buffer>;

/** A tree of these files, in the one order that makes trees comparable. */
export function treeOf(files: Iterable<readonly [path: string, content: Buffer | string]>): Tree {
  const entries = Array.from(files, ([path, content]) => [path, Buffer.from(content)] as const);
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** The tree with some files written and, where the content is undefined, removed. */
export function withFiles(tree: Tree, changes: Iterable<readonly [string, Buffer | string | undefined]>): Tree {
  const files = new Map<string, Buffer | string>(tree);
  for (const [path, content] of changes) {
    if (content === undefined) files.delete(path);
    else files.set(path, content);
  }
  return treeOf(files);
}

/** The paths that are in either tree and differ, in order. */
export function changedPaths(before: Tree, after: Tree): readonly string[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.filter((path) => !isSameContent(before.get(path), after.get(path)));
}

/** Whether two contents, either of which may be missing, are the same to the byte. */
export function isSameContent(a: Buffer | undefined, b: Buffer | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.equals(b));
}

/** The id that git gives to a file with this content. */
export function blobId(content: Buffer): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

/** One id for a whole tree: equal exactly when every path and byte is. */
export function treeId(tree: Tree): string {
  const hash = createHash('sha1');
  for (const [path, content] of treeOf(tree)) hash.update(`${blobId(content)} ${path}\0`);
  return hash.digest('hex');
}

import { parsePatch, type StructuredPatch } from 'diff';
import { checkPath } from './check-path.ts';
import { withUnixLineEnds } from './text.ts';
import { UsageError } from './usage-error.ts';

/** What a unified diff does to one file. */
export type FilePatch = {
  readonly path: string;
  readonly change: 'create' | 'delete' | 'modify';
  readonly patch: StructuredPatch;
};

/** Reads a unified diff, of several files perhaps; `source` names it in errors. */
export function parseTreePatch(text: string, source: string): readonly FilePatch[] {
  const patches = parsed(withUnixLineEnds(text), source).filter((patch) => patch.oldFileName && patch.newFileName);
  if (patches.length === 0) throw patchError(source, 'has no file header (`--- a/…` and `+++ b/…`)');
  return patches.map((patch) => filePatchOf(patch, source));
}

function parsed(text: string, source: string): readonly StructuredPatch[] {
  try {
    return parsePatch(text);
  } catch (error) {
    throw patchError(source, `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function filePatchOf(patch: StructuredPatch, source: string): FilePatch {
  const before = pathIn(patch.oldFileName, 'a/');
  const after = pathIn(patch.newFileName, 'b/');
  const path = after ?? before;
  if (!path) throw patchError(source, 'names no file');
  checkPath(path, source);
  if (before && after && before !== after) {
    throw patchError(source, `renames \`${before}\` to \`${after}\`; write one file deleted and one created instead`);
  }
  return { path, change: !before ? 'create' : !after ? 'delete' : 'modify', patch };
}

function pathIn(name: string | undefined, prefix: string): string | undefined {
  if (name === undefined || name === '/dev/null') return undefined;
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

function patchError(source: string, what: string): UsageError {
  return new UsageError(`\`${source}\` ${what}. It must be a unified diff, as \`git diff\` prints it.`);
}

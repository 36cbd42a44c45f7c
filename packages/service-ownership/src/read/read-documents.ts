import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseAllDocuments } from 'yaml';
import { MalformedInput, reasonOf } from './malformed-input.ts';

/** One YAML document of a file. */
export interface YamlDocument {
  /** The file, as messages name it. */
  readonly file: string;
  /** Line at which the document begins, from 1. */
  readonly line: number;
  readonly value: unknown;
  /** The line of the field that these keys lead to, or of the last one on the way that is there. */
  readonly lineAt: (path: YamlPath) => number;
}

/** Keys of mappings, and places in lists. */
export type YamlPath = readonly (string | number)[];

/**
 * Reads every YAML document of a file, or of all `.yaml` and `.yml` files below a folder, in the order of their names.
 * Folders that begin with a dot and `node_modules` are left out. `shown` is the path as the user typed it.
 */
export async function readDocuments(path: string, shown = path): Promise<readonly YamlDocument[]> {
  const documents: YamlDocument[] = [];
  for (const file of await listFiles(path, shown)) {
    const name = file === path ? shown : join(shown, relative(path, file));
    documents.push(...parseDocuments(await readText(file, name), name));
  }
  return documents;
}

/** Parses a text of YAML documents, empty ones left out. Throws `MalformedInput` with the line. */
export function parseDocuments(text: string, file: string): readonly YamlDocument[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  if ('empty' in documents) return [];
  return documents.flatMap((document) => {
    const [error] = document.errors;
    if (error) throw new MalformedInput(file, `line ${lines.linePos(error.pos[0]).line}`, `${error.message}.`);
    const start = document.contents?.range?.[0];
    if (start === undefined || document.contents === null) return [];
    const lineAt = (path: YamlPath) => lines.linePos(offsetAt(document.contents, path) ?? start).line;
    return [{ file, line: lineAt([]), value: toValue(document, file), lineAt }];
  });
}

/** Where a field begins: at its key, or at the item of the list. */
function offsetAt(node: unknown, [key, ...rest]: YamlPath): number | undefined {
  if (key === undefined) return startOf(node);
  if (isMap(node)) {
    const pair = node.items.find((one) => isScalar(one.key) && one.key.value === key);
    return pair && ((rest.length > 0 ? offsetAt(pair.value, rest) : undefined) ?? startOf(pair.key));
  }
  const item = isSeq(node) && typeof key === 'number' ? node.items[key] : undefined;
  return offsetAt(item, rest) ?? startOf(item);
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function toValue(document: Document.Parsed, file: string): unknown {
  try {
    // Few aliases are enough for any catalogue, and a file that unfolds without end is none.
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new MalformedInput(file, '', reasonOf(error));
  }
}

async function listFiles(path: string, shown: string): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => !/(^|[\\/])(node_modules|\.[^\\/.]+)[\\/]/.test(relative(path, file)))
      .sort();
  } catch (error) {
    throw new MalformedInput(shown, '', `failed to read it: ${reasonOf(error)}`);
  }
}

async function readText(file: string, shown: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new MalformedInput(shown, '', `failed to read it: ${reasonOf(error)}`);
  }
}

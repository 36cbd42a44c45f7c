import { readFile } from 'node:fs/promises';

/** One exported name as its source has it. */
export interface ApiItem {
  readonly name: string;
  readonly isType: boolean;
  /** The doc comment without its example. */
  readonly text: string;
  readonly example: string | undefined;
  /** The declaration: a function's head, or all of a type. */
  readonly code: string | undefined;
}

/** What an entry point exports, in its order. Reads the source as text: the house's formatter keeps it in one form. */
export async function readEntry(entry: URL): Promise<readonly ApiItem[]> {
  const text = await readFile(entry, 'utf8');
  const items: ApiItem[] = [];
  for (const [, names, path = ''] of text.matchAll(/export (?:type )?(\{[^}]*\}|\*) from '([^']+)'/g)) {
    const source = await readFile(new URL(path, entry), 'utf8');
    for (const name of names === '*' ? typesOf(source) : namesIn(names ?? '')) items.push(findItem(source, name));
  }
  return items;
}

/** The matchers, which are methods of an interface of Vitest's. */
export async function readMatchers(source: URL): Promise<readonly ApiItem[]> {
  const text = await readFile(source, 'utf8');
  return [...text.matchAll(/(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\n {4}((\w+)\([^\n]*): R;/g)].map(
    ([, comment = '', code, name = '']) => ({ name, isType: false, code, ...readComment(comment) }),
  );
}

function namesIn(list: string): readonly string[] {
  return list
    .slice(1, -1)
    .split(',')
    .map((name) => name.trim().replace(/^type /, ''))
    .filter((name) => name !== '');
}

function typesOf(source: string): readonly string[] {
  return [...source.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name = '']) => name);
}

function findItem(source: string, name: string): ApiItem {
  const found = new RegExp(`^export (?:async )?(function|const|interface|type|class) ${name}\\b`, 'm').exec(source);
  if (!found) throw new Error(`Failed to read the entry points: there is no export of \`${name}\`.`);
  const before = source.slice(0, found.index);
  const comment = before.endsWith('*/\n') ? before.slice(before.lastIndexOf('/**')) : '';
  const isType = found[1] === 'interface' || found[1] === 'type';
  return { name, isType, code: codeOf(source.slice(found.index), found[1] ?? ''), ...readComment(comment) };
}

function codeOf(from: string, keyword: string): string | undefined {
  if (keyword === 'const') return /^export const \w+: ([^=]+) =/.exec(from)?.[0].slice('export '.length, -2);
  const end = { function: / \{\n|;\n/, class: / \{\n/, interface: /^\}/m, type: /;\n(?! )/ }[keyword] ?? /\n/;
  const match = end.exec(from);
  const head = from.slice('export '.length, (match?.index ?? 0) + (keyword === 'interface' ? 1 : 0));
  return head.replace(/^async /, '');
}

function readComment(comment: string): Pick<ApiItem, 'text' | 'example'> {
  const lines = comment
    .replace(/^\s*\/\*\*\s?|\s*\*\/\s*$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''));
  const [text = '', example] = lines.join('\n').split(/@example ?/);
  return { text: text.trim().replace(/^@(param|returns) /gm, '- '), example: example?.trim() };
}

import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readStepPath } from '../stages/next-step.ts';
import type { StageDir } from '../stages/stage-dirs.ts';
import { solutionTree } from '../stages/stage-trees.ts';
import type { Tree } from '../stages/tree.ts';

/** The states of the app on the way through a stage: its start, each step, its solution. */
export async function statesOf(root: string, stage: StageDir): Promise<readonly Tree[]> {
  const [{ trees }, solution] = await Promise.all([readStepPath(root, stage), solutionTree(root, stage.number)]);
  return [...trees, solution];
}

/** Every word of source code in some texts: names of functions, files and attributes are made of them. */
export function wordsOf(texts: Iterable<string>): ReadonlySet<string> {
  const words = new Set<string>();
  for (const text of texts) for (const [word] of text.matchAll(WORD)) words.add(word);
  return words;
}

/** The texts of a state of the app. */
export function textsOf(tree: Tree): readonly string[] {
  return [...tree].flatMap(([path, content]) => [path, content.toString('utf8')]);
}

/** The texts of the files that some patterns name, below a folder. */
export async function textsBelow(root: string, patterns: readonly string[]): Promise<readonly string[]> {
  const texts: Promise<string>[] = [];
  for await (const path of glob([...patterns], { cwd: root })) texts.push(readFile(join(root, path), 'utf8'));
  return Promise.all(texts);
}

/** The words of the names in a piece of code that are called, or the whole of it if it is a name; none if it is neither. */
export function namesIn(code: string): readonly string[] {
  if (/^[\w$.]+$/.test(code)) return wordsIn(code);
  const ownNames = new Set(
    Array.from(code.matchAll(/(?:function|const|let|class|async)\s+([\w$]+)/g), ([, name]) => name),
  );
  const called = Array.from(code.matchAll(/([A-Za-z_$][\w$]*)\(/g), ([, name = '']) => name);
  return called.filter((name) => !ownNames.has(name));
}

function wordsIn(name: string): readonly string[] {
  return Array.from(name.matchAll(WORD), ([word]) => word);
}

const WORD = /[A-Za-z_$][\w$]*/g;

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readStageDirs } from '../stages/stage-dirs.ts';

/** A page of the workshop, and the code that it names. */
export type Page = {
  readonly path: string;
  /** The stage that it belongs to, if it is an exercise's. */
  readonly stage: number | undefined;
  readonly named: readonly Named[];
  /** What follows a link. */
  readonly links: readonly string[];
};

/** Something between backticks, or a whole block of code, and the line where it stands. */
export type Named = { readonly kind: 'word' | 'block'; readonly text: string; readonly line: number };

/** The guide, the pages in docs/, and the page and notes of each stage. */
export async function readPages(root: string): Promise<readonly Page[]> {
  const stages = await readStageDirs(root);
  const ofStages = stages.flatMap(({ name, number }) =>
    ['README.md', 'notes.md'].map((file) => ({ path: `exercises/${name}/${file}`, stage: number })),
  );
  const others = ['README.md', 'WORKSHOP.md', 'docs/AUTHORING.md', 'docs/INSTRUCTING.md', 'docs/MONDAY.md'];
  const all = [...others.map((path) => ({ path, stage: undefined })), ...ofStages];
  return Promise.all(
    all.map(async (page) => ({ ...page, ...parsePage(await readFile(join(root, page.path), 'utf8')) })),
  );
}

/** Takes a page apart: a fence opens and closes a block, and backticks in a line hold a word. */
export function parsePage(text: string): Pick<Page, 'named' | 'links'> {
  const named: Named[] = [];
  const links: string[] = [];
  let block: { text: string[]; line: number } | undefined;
  for (const [i, line] of text.replaceAll('\r\n', '\n').split('\n').entries()) {
    if (/^\s*```/.test(line)) {
      if (block) named.push({ kind: 'block', text: block.text.join('\n'), line: block.line });
      block = block ? undefined : { text: [], line: i + 2 };
    } else if (block) block.text.push(line);
    else {
      for (const [, word = ''] of line.matchAll(/`([^`]+)`/g)) named.push({ kind: 'word', text: word, line: i + 1 });
      for (const [, target = ''] of line.matchAll(/\]\(([^)\s]+)\)/g)) links.push(target);
    }
  }
  return { named, links };
}

import { readFile, writeFile } from 'node:fs/promises';
import { CODE_TABLE, SHAPE_CODES, startReceiver } from 'trace-shapes';
import { expect, test } from 'vitest';
import 'trace-shapes/vitest';
import { bookRequest } from '../example/library-shape.ts';
import { startLibrary } from '../example/start-library.ts';

const README = new URL('../README.md', import.meta.url);

test('the README shows the files of the example, its failure, and the codes (UPDATE_README=1 rewrites it)', async () => {
  const readme = await readFile(README, 'utf8');
  const blocks = {
    'example/library-shape.ts': await code('example/library-shape.ts'),
    'example/library.test.ts': await code('example/library.test.ts'),
    'example/checkout-shapes.ts': await code('example/checkout-shapes.ts'),
    failure: fence('', withoutTimes(await failWithoutContext())),
    codes: codeTable(),
  };
  const written = Object.entries(blocks).reduce((text, [name, block]) => fill(text, name, block), readme);
  if (process.env.UPDATE_README) await writeFile(README, written);
  else expect(readme).toBe(written);
});

/** What the example's test prints when the queue forgets the context. */
async function failWithoutContext(): Promise<string> {
  await using receiver = await startReceiver();
  await using library = await startLibrary(receiver, './jobs-without-context.ts');
  await fetch(`${library.url}/books/9780131103627`);
  await library.waitForLine(/^counted/);
  await library.stop();
  try {
    expect(receiver).toMatchTrace(bookRequest);
  } catch (error) {
    return (error as Error).message.trim();
  }
  throw new Error('The test of a queue without context passed.');
}

/** Durations differ from run to run; the README has some that could be. */
function withoutTimes(text: string): string {
  return text.replace(/ +\d+(\.\d+)? m?s\b/g, (duration) => '1.0 ms'.padStart(duration.length));
}

async function code(path: string): Promise<string> {
  return fence('ts', (await readFile(new URL(path, README), 'utf8')).trim());
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function codeTable(): string {
  const rows = SHAPE_CODES.map((one) => {
    const { what, why, try: advice } = CODE_TABLE[one];
    return [`\`${one}\``, what, why, advice];
  });
  return [['code', 'what', 'why', 'try'], undefined, ...rows].map((row) => toRow(row, widthsOf(rows))).join('\n');
}

/** Padded as the formatter would. */
function toRow(cells: readonly string[] | undefined, widths: readonly number[]): string {
  return `| ${widths.map((width, i) => (cells ? (cells[i] ?? '').padEnd(width) : '-'.repeat(width))).join(' | ')} |`;
}

function widthsOf(rows: readonly (readonly string[])[]): readonly number[] {
  return [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
}

/** Puts a block after the comment that names it, in place of the one that is there. */
function fill(text: string, name: string, block: string): string {
  const [before = '', after = ''] = text.split(`<!-- ${name} -->\n`);
  const rest = after.replace(/^\n(```[\s\S]*?\n```\n|(\|.*\n)+)/, '');
  return `${before}<!-- ${name} -->\n\n${block}\n${rest}`;
}

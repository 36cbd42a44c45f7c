import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HELP } from './src/cli/help.ts';
import { CODE_TABLE } from './src/explain/finding.ts';
import { run } from './src/testing/command-line.ts';
import { SHOP_CATALOGUE } from './src/testing/shop-catalogue.ts';
import { SHOP_SLOS } from './src/testing/shop-slos.ts';
import { sketchOrder } from './src/testing/sketch-shop.ts';
import { sketchSpans } from './src/testing/sketch-spans.ts';
import { temporaryFolder } from './src/testing/temporary-folder.ts';

const README = join(import.meta.dirname, 'README.md');

test('the README shows what the commands print, a file that they read, and every code: `--update` rewrites it', async () => {
  const before = await readFile(README, 'utf8');
  const parts = {
    page: fenced('', await printPage()),
    help: fenced('', HELP),
    slo: fenced('yaml', SHOP_SLOS.trim()),
    codes: codes(),
  };
  const after = Object.entries(parts).reduce(replacePart, before);
  for (const part of Object.values(parts)) expect(after).toContain(part);
  await expect(after).toMatchFileSnapshot(README);
});

function replacePart(text: string, [name, part]: readonly [string, string]): string {
  return text.replace(new RegExp(`(<!-- ${name} -->\n\n).*?(?=\n\n(?:[A-Z#*]))`, 's'), (_, head) => head + part);
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function codes(): string {
  const rows = Object.entries(CODE_TABLE).map(
    ([code, { what, why, try: hint }]) => `| \`${code}\` | ${what} | ${why} | ${hint} |`,
  );
  return ['| code | what | why | try |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** The page for orders that fail since a new version of payments. */
async function printPage(): Promise<string> {
  await using folder = await temporaryFolder();
  const orders = Array.from({ length: 60 }, (_, i) => {
    return [i * 1000, sketchOrder(i < 40 ? '1.0.0' : '1.1.0', { failing: i >= 40 })] as const;
  });
  await writeFile(join(folder.path, 'slo.yaml'), SHOP_SLOS);
  await writeFile(join(folder.path, 'catalog.yaml'), SHOP_CATALOGUE);
  const args = ['page', '--slo', 'slo.yaml', '--catalog', 'catalog.yaml'];
  const { out, exitCode } = await run(folder.path, args, sketchSpans(...orders));
  expect(exitCode).toBe(1);
  return out;
}

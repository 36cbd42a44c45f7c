import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OWNERSHIP_RUN_CODES, RUN_CODES } from './finding-code.ts';
import { RUN_CODE_TABLE } from './run-code-table.ts';

const PAGE = join(import.meta.dirname, '../../docs/INSTRUCTING.md');

test("the instructors' page has every code of a run, with its words: `--update` rewrites it", async () => {
  const before = await readFile(PAGE, 'utf8');
  const rows = Object.entries(RUN_CODE_TABLE).map(
    ([code, { what, why, try: hint }]) => `| \`${code}\` | ${what} | ${why} | ${hint} |`,
  );
  const table = ['| code | what | why | try |', '|---|---|---|---|', ...rows].join('\n');
  const after = before.replace(/(<!-- codes -->\n).*?(?=\n<!-- \/codes -->)/s, (_, head) => head + table);
  expect(after).toContain(table);
  await expect(after).toMatchFileSnapshot(PAGE);
});

test('every code of a run is in the table', () => {
  expect(Object.keys(RUN_CODE_TABLE).toSorted()).toEqual([...RUN_CODES, ...OWNERSHIP_RUN_CODES].toSorted());
});

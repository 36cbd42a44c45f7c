import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const PROMISE = /^\| .+ \| `(.+\.test\.ts)`: (.+) \|$/;

test('a test stands behind each promise of docs/SECURITY.md', async () => {
  const page = await readFile(join(root, 'docs/SECURITY.md'), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| promise'));
  expect(rows.length).toBeGreaterThan(10);
  for (const row of rows) {
    const [, file = '', name = ''] = PROMISE.exec(row) ?? [];
    expect(file, row).not.toBe('');
    expect(await readFile(join(root, file), 'utf8'), row).toContain(name);
  }
});

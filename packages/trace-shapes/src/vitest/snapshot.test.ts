import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { sketchTraces } from '../testing/sketch-traces.ts';
import { request, work } from '../testing/spans.ts';
import './index.ts';

const ROOT = join(import.meta.dirname, '../../../..');

test('keeps traces in a snapshot', () => {
  expect(sketchTraces(request('POST /orders', work('price basket')))).toMatchTraceSnapshot();
  expect(sketchTraces({ ...request('GET /'), attributes: { 'order.id': 7 } })).toMatchTraceSnapshot({
    mask: ['order.id'],
    hint: 'masked',
  });
});

test('writes no snapshot when no spans came', () => {
  expect(() => expect([]).toMatchTraceSnapshot()).toThrow('no-spans: No spans arrived at all.');
});

test("shows the difference as a tree, and takes it over by Vitest's own flag", async () => {
  await using folder = await temporaryProject();
  const run = async (name: string, ...flags: readonly string[]) => {
    await writeFile(join(folder.path, 'checkout.test.ts'), testOf(name));
    const { status, stderr } = spawnSync(process.execPath, [VITEST, 'run', ...flags], {
      cwd: folder.path,
      encoding: 'utf8',
      env: { ...process.env, CI: '' },
    });
    const lines = stripVTControlCharacters(stderr).split('\n');
    const summary = lines
      .slice(
        lines.findIndex((line) => line.startsWith('What changed')),
        -1,
      )
      .slice(0, 3);
    return { status, summary, difference: lines.filter((line) => /^[-+] {3}/.test(line)) };
  };

  expect(await run('price basket')).toMatchObject({ status: 0, difference: [] });
  const failed = await run('price baskets');
  expect(failed.status).toBe(1);
  expect(failed.summary).toEqual([
    'What changed, each change once:',
    '  - internal price basket (shop, test)',
    '  + internal price baskets (shop, test)',
  ]);
  expect(failed.difference).toEqual([
    '-   internal price basket (shop, test)"',
    '+   internal price baskets (shop, test)"',
  ]);
  expect(await run('price baskets', '--update')).toMatchObject({ status: 0 });
  const written = await readFile(join(folder.path, '__snapshots__/checkout.test.ts.snap'), 'utf8');
  expect(written).toContain('  internal price baskets (shop, test)');
});

async function temporaryProject() {
  const path = await mkdtemp(join(tmpdir(), 'trace-shapes-'));
  await symlink(join(ROOT, 'node_modules'), join(path, 'node_modules'), 'junction');
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

function testOf(name: string): string {
  const file = (path: string) => JSON.stringify(join(import.meta.dirname, path));
  return `
    import { expect, test } from 'vitest';
    import ${file('index.ts')};
    import { sketchTraces } from ${file('../testing/sketch-traces.ts')};
    test('checkout', () => {
      const traces = sketchTraces({ name: 'POST /orders', kind: 'server', children: [{ name: ${JSON.stringify(name)} }] });
      expect(traces).toMatchTraceSnapshot();
    });
  `;
}

const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs');

import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkBases } from './bases.ts';
import { shopWith, smallProject } from './fixtures/small-project.ts';
import { recordBases } from './record-bases.ts';

test('notes for each overlay file the id that git gives to what lies below it', async () => {
  await using project = await smallProject();
  expect(await recordBases(project.root)).toEqual(['01-first-span', '02-more-spans']);
  const id = execFileSync('git', ['hash-object', 'legacy-app/shop/main.ts'], {
    cwd: project.root,
    encoding: 'utf8',
  }).trim();
  const bases = JSON.parse(await readFile(join(project.root, 'solutions/01-first-span/bases.json'), 'utf8'));
  expect(bases.solution).toMatchObject({ 'shop/main.ts': id, 'shop/tracing.ts': null });
  expect(await checkBases(project.root)).toEqual([]);
});

test('names the overlay whose base has changed', async () => {
  await using project = await smallProject();
  await recordBases(project.root);
  await project.write({ 'legacy-app/shop/main.ts': shopWith([10, 'since();']) });
  expect((await checkBases(project.root)).map((base) => base.source)).toEqual(['solutions/01-first-span/shop/main.ts']);
});

test('names an overlay that nobody noted a base of', async () => {
  await using project = await smallProject();
  await recordBases(project.root);
  await project.write({ 'solutions/02-more-spans/shop/extra.ts': 'extra();\n' });
  expect(await checkBases(project.root)).toMatchObject([
    { source: 'solutions/02-more-spans/shop/extra.ts', now: null },
  ]);
});

import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shop, shopWith, smallProject } from './fixtures/small-project.ts';
import { overlayBetween } from './overlay.ts';
import { readTree } from './read-tree.ts';
import { solutionTree, startTree } from './stage-trees.ts';
import { type Tree, treeId, treeOf } from './tree.ts';
import { writeTree } from './write-tree.ts';

const text = (tree: Tree, path: string) => tree.get(path)?.toString();

test('lays the legacy app, what stages hand out and their solutions over each other', async () => {
  await using project = await smallProject();
  const [start1, solved1, start2] = await Promise.all([
    startTree(project.root, 1),
    solutionTree(project.root, 1),
    startTree(project.root, 2),
  ]);
  expect([...start1.keys()]).toEqual(['INCIDENT.md', 'Procfile', 'shop/main.ts', 'shop/old.ts']);
  expect(text(start1, 'shop/main.ts')).toBe(shop);
  expect([...solved1.keys()]).toEqual(['INCIDENT.md', 'Procfile', 'shop/main.ts', 'shop/tracing.ts']);
  expect(text(solved1, 'shop/main.ts')).toBe(shopWith([3, "span('order');"]));
  expect([...start2.keys()]).toEqual([...solved1.keys(), 'shop/helper.ts'].sort());
});

test('gives the same tree every time, and the same bytes when it is written and read again', async () => {
  await using project = await smallProject({ 'legacy-app/db/schöne Wolle.sql': 'select 1;\n' });
  const [once, again] = [await solutionTree(project.root, 2), await solutionTree(project.root, 2)];
  expect(treeId(again)).toBe(treeId(once));
  const dir = join(project.root, 'out');
  await writeTree(dir, once);
  expect(treeId(await readTree(dir, 'out'))).toBe(treeId(once));
  expect(once.has('db/schöne Wolle.sql')).toBe(true);
});

test('does not depend on how a checkout ends its lines', async () => {
  await using project = await smallProject();
  const before = treeId(await solutionTree(project.root, 1));
  await project.write({
    'solutions/01-first-span/shop/main.ts': shopWith([3, "span('order');"]).replaceAll('\n', '\r\n'),
  });
  expect(treeId(await solutionTree(project.root, 1))).toBe(before);
});

test('leaves out what is generated about a solution, and installed packages', async () => {
  await using project = await smallProject({
    'solutions/01-first-span/bases.json': '{}',
    'legacy-app/node_modules/pg/index.js': '',
  });
  const paths = [...(await solutionTree(project.root, 2)).keys()];
  expect(paths.filter((path) => /steps|bases|node_modules/.test(path))).toEqual([]);
});

test('refuses a symbolic link in an overlay', async () => {
  await using project = await smallProject();
  const outside = join(project.root, 'secret.ts');
  await writeFile(outside, 'secret');
  await symlink(outside, join(project.root, 'solutions/01-first-span/shop/link.ts'));
  await expect(solutionTree(project.root, 1)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[UsageError: \`solutions/01-first-span/shop/link.ts\` is a symbolic link. Overlays hold whole files, so that every state can be built anywhere. Replace the link by the file that it points to.]`,
  );
});

test.each([
  ['/etc/passwd'],
  ['../out.ts'],
  ['shop/../../out.ts'],
  ['C:/out.ts'],
  ['shop\\out.ts'],
  ['.stage'],
  ['node_modules/pg/x.js'],
])('refuses to write the path "%s"', async (path) => {
  await using project = await smallProject();
  const dir = join(project.root, 'out');
  await expect(writeTree(dir, treeOf([[path, 'x']]))).rejects.toThrow(/names the file/);
});

test('says that the legacy app is missing', async () => {
  await using project = await smallProject();
  await expect(startTree(join(project.root, 'exercises', '..', 'nowhere'), 0)).rejects.toThrow(/There are no stages/);
});

test('makes the smallest overlay between two trees', () => {
  const overlay = overlayBetween(
    treeOf([
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
    ]),
    treeOf([
      ['a', '1'],
      ['b', 'two'],
      ['d', '4'],
    ]),
  );
  expect(Array.from(overlay, ([path, content]) => [path, content.toString()])).toEqual([
    ['b', 'two'],
    ['c', '__delete\n'],
    ['d', '4'],
  ]);
});

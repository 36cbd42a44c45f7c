import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { benchPlace } from '../bench/bench-place.ts';
import { gotoStage } from '../bench/goto-stage.ts';
import { openBench } from '../bench/open-bench.ts';
import { overwriteBench } from '../bench/overwrite-bench.ts';
import { readBench } from '../bench/read-bench.ts';
import { writeBlobs } from '../bench/save-store.ts';
import { writeBenchFiles } from '../bench/write-bench-files.ts';
import { markFile } from '../bench/write-mark.ts';
import { type SmallProject, smallProject } from '../stages/fixtures/small-project.ts';
import { writeOverlay } from '../stages/overlay-files.ts';
import { parseTreePatch } from '../stages/patch.ts';
import { readTree } from '../stages/read-tree.ts';
import { readStageDirs } from '../stages/stage-dirs.ts';
import { parseSteps } from '../stages/steps.ts';
import { type Tree, treeOf } from '../stages/tree.ts';
import { writeTree } from '../stages/write-tree.ts';

const HOSTILE = [
  '../outside.ts',
  'shop/../../outside.ts',
  'shop/.. /outside.ts',
  '/tmp/outside.ts',
  'C:/outside.ts',
  'C:outside.ts',
  '..\\outside.ts',
  'shop/./main.ts',
  'shop//main.ts',
  '.git/hooks/pre-commit',
  'shop/.GIT/config',
  'shop/.git./config',
  'node_modules/express/index.js',
  'Node_Modules/express/index.js',
  'outside\0.ts',
  '',
];
const patchOf = (path: string) => `--- /dev/null\n+++ b/${path}\n@@ -0,0 +1 @@\n+outside();\n`;
const evil = (path: string): Tree => new Map([[path, Buffer.from('outside();\n')]]);

test.each(HOSTILE)('writes nothing when the way is %j', async (path) => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  const before = await filesBelow(project);
  const isNoPath = path === '' || path.includes('\0');
  const overlay = join(project.root, 'solutions/01-first-span');
  const writers: readonly (() => unknown)[] = [
    () => overwriteBench(place, { to: { stage: 'first-span', tree: evil(path) }, reason: '' }),
    () => writeBenchFiles(place, new Map(), evil(path)),
    () => writeBenchFiles(place, evil(path), new Map()),
    () => writeTree(join(project.root, '.workshop/tree'), evil(path)),
    () => writeOverlay(overlay, new Map(), evil(path)),
    () => writeOverlay(overlay, evil(path), new Map()),
    // Neither can a patch or a step name it.
    ...(isNoPath ? [] : [async () => parseTreePatch(patchOf(path), 'x.patch')]),
    ...(isNoPath ? [] : [async () => parseSteps(JSON.stringify([{ title: '', patch: patchOf(path) }]), 'steps.yaml')]),
  ];
  for (const write of writers) await expect(write()).rejects.toThrow(/Every file must be below the app/);
  expect(await filesBelow(project)).toEqual(before);
});

test('finishes no interrupted write that leads out of the bench', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  const before = await filesBelow(project);
  const to = await writeBlobs(place.stateDir, evil('../outside.ts'));
  await writeFile(markFile(place), JSON.stringify({ pid: 0, plan: { from: {}, to } }));
  await expect(openBench(place)).resolves.toMatchObject({ stage: { slug: 'first-span' } });
  expect(await filesBelow(project)).toEqual(before);
});

test('takes a bench whose mark is a path for one that stands nowhere', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  await writeFile(join(place.dir, '.stage'), '../../outside\n');
  await expect(openBench(place)).rejects.toThrow(/says "\.\.\/\.\.\/outside", which is no stage/);
});

test('takes folders for stages only when their names can be nothing else', async () => {
  await using project = await smallProject();
  for (const name of ['03-..', '04-a b', '05-$(x)', '..', '06-Upper'])
    await mkdir(join(project.root, 'exercises', name), { recursive: true });
  expect((await readStageDirs(project.root)).map(({ name }) => name)).toEqual([
    '00-last-night',
    '01-first-span',
    '02-more-spans',
  ]);
});

test.each([
  { where: 'in the place of a folder', link: 'shop', target: '' },
  { where: 'in the place of a file', link: 'shop/main.ts', target: 'main.ts' },
  { where: 'that leads nowhere', link: 'shop', target: 'nowhere' },
])(
  'does not write through a link $where of the bench, an overlay or an interrupted write',
  async ({ link, target }) => {
    await using project = await smallProject();
    const place = benchPlace(project.root);
    await gotoStage(place, '1');
    const outside = join(project.root, 'outside');
    await project.write({ 'outside/main.ts': 'precious();\n' });
    for (const dir of [place.dir, join(project.root, 'solutions/01-first-span')]) {
      await rm(join(dir, link), { recursive: true });
      await symlink(join(outside, target), join(dir, link));
    }
    const to = treeOf([['shop/main.ts', 'theirs();\n']]);
    const overlay = join(project.root, 'solutions/01-first-span');
    await expect(overwriteBench(place, { to: { stage: 'first-span', tree: to }, reason: '' })).rejects.toThrow(
      `\`shop/main.ts\` would be written where the bench \`${place.dir}\` has \`${link}\``,
    );
    await expect(writeBenchFiles(place, new Map(), to)).rejects.toThrow(`\`${link}\` in \`${place.dir}\` is a link`);
    await expect(writeBenchFiles(place, to, new Map())).rejects.toThrow(`\`${link}\` in \`${place.dir}\` is a link`);
    await expect(writeOverlay(overlay, new Map(), to)).rejects.toThrow(`\`${link}\` in \`${overlay}\` is a link`);
    await expect(readTree(overlay, 'solutions/01-first-span')).rejects.toThrow(/is a symbolic link/);
    const plan = { from: {}, to: await writeBlobs(place.stateDir, to) };
    await writeFile(markFile(place), JSON.stringify({ pid: 0, plan }));
    expect((await openBench(place)).interruption).toMatchObject({ finished: false });
    expect(await readFile(join(outside, 'main.ts'), 'utf8')).toBe('precious();\n');
    expect(await readdir(outside)).toEqual(['main.ts']);
    expect((await readBench(place.dir))?.leftOut).toEqual([link]);
  },
);

/** What is in the project besides the workshop's own records. */
async function filesBelow({ root }: SmallProject): Promise<readonly string[]> {
  const above = await readdir(join(root, '..'));
  const below = await readdir(root, { recursive: true });
  return [...above, ...below.filter((path) => !path.startsWith('.workshop')).sort()];
}

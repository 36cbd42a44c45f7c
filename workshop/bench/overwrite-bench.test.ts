import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shop, smallProject } from '../stages/fixtures/small-project.ts';
import { solutionTree, startTree } from '../stages/stage-trees.ts';
import { treeId, treeOf, withFiles } from '../stages/tree.ts';
import { benchPlace } from './bench-place.ts';
import { gotoStage } from './goto-stage.ts';
import { openBench } from './open-bench.ts';
import { overwriteBench } from './overwrite-bench.ts';
import { readBench } from './read-bench.ts';
import { listSaves } from './save-bench.ts';
import { readBlobs } from './save-store.ts';
import { solveStage } from './solve-stage.ts';
import { undoBench } from './undo-bench.ts';

test('writes only what differs, removes what went, and saves what was there', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  const solved = await solveStage(place);
  expect(solved).toMatchObject({ written: ['shop/main.ts', 'shop/tracing.ts'], removed: ['shop/old.ts'] });
  const saved = (await listSaves(place)).find((save) => save.id === solved.saved);
  const { '.stage': _mark, ...files } = saved?.files ?? {};
  expect(treeId(await readBlobs(place.stateDir, files))).toBe(treeId(await startTree(project.root, 1)));
  expect((await readBench(place.dir))?.stage).toBe('first-span');
});

test('makes room for a file where a folder was, and the other way', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await overwriteBench(place, {
    to: {
      stage: 'x',
      tree: treeOf([
        ['a/b/c.ts', '1'],
        ['d', '2'],
      ]),
    },
    reason: '',
  });
  await overwriteBench(place, {
    to: {
      stage: 'x',
      tree: treeOf([
        ['a', '3'],
        ['d/e.ts', '4'],
      ]),
    },
    reason: '',
  });
  expect([...((await readBench(place.dir))?.tree.keys() ?? [])]).toEqual(['a', 'd/e.ts']);
});

test('touches nothing when the bench cannot be saved', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  await writeFile(join(place.dir, 'shop/main.ts'), 'mine();\n');
  await rm(join(place.stateDir, 'saved'), { recursive: true, force: true });
  await writeFile(join(place.stateDir, 'saved'), 'a file where the folder of the saves should be');
  await expect(solveStage(place)).rejects.toThrow(/was not touched, because it could not be saved/);
  expect(await readFile(join(place.dir, 'shop/main.ts'), 'utf8')).toBe('mine();\n');
});

test('neither follows nor replaces a link in the bench', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  const outside = join(project.root, 'outside');
  await mkdir(outside);
  await writeFile(join(outside, 'main.ts'), 'precious();\n');
  await rm(join(place.dir, 'shop'), { recursive: true });
  await symlink(outside, join(place.dir, 'shop'));
  await expect(solveStage(place)).rejects.toThrow(/has `shop`, which is a link/);
  expect(await readFile(join(outside, 'main.ts'), 'utf8')).toBe('precious();\n');
});

test('leaves installed packages and large files where they are', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  await mkdir(join(place.dir, 'node_modules'));
  await writeFile(join(place.dir, 'node_modules/x.js'), 'x');
  await writeFile(join(place.dir, 'video.mp4'), Buffer.alloc(3_000_000));
  await solveStage(place);
  expect(await readFile(join(place.dir, 'node_modules/x.js'), 'utf8')).toBe('x');
  expect((await readBench(place.dir))?.leftOut).toEqual(['video.mp4']);
});

async function dieWhileGoing(root: string, wanted: string, files: number): Promise<void> {
  const program = join(import.meta.dirname, 'fixtures/dies-while-writing.ts');
  const child = spawn(process.execPath, [program, root, wanted, String(files)], { stdio: 'inherit' });
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGKILL');
}

test.each([[0], [1], [2]])('finishes a write that was killed after %d files, and says so', async (files) => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  await writeFile(join(place.dir, 'shop/main.ts'), `${shop}mine();\n`);
  await dieWhileGoing(project.root, '2', files);
  const { interruption, bench } = await openBench(place);
  expect(interruption).toMatchObject({ finished: true, stage: 'more-spans' });
  expect(treeId(bench.tree)).toBe(treeId(await startTree(project.root, 2)));
  expect((await openBench(place)).interruption).toBeUndefined();
  await undoBench(place);
  expect(await readFile(join(place.dir, 'shop/main.ts'), 'utf8')).toBe(`${shop}mine();\n`);
});

test('finishes the making of a bench that was killed', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await dieWhileGoing(project.root, '1', 1);
  expect(treeId((await openBench(place)).bench.tree)).toBe(treeId(await startTree(project.root, 1)));
});

test('leaves a half-written bench alone once it was edited, and saves it', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  await dieWhileGoing(project.root, '2', 1);
  await writeFile(join(place.dir, 'shop/main.ts'), 'edited();\n');
  expect((await openBench(place)).interruption).toMatchObject({ finished: false });
  expect(await readFile(join(place.dir, 'shop/main.ts'), 'utf8')).toBe('edited();\n');
  expect((await listSaves(place))[0]?.reason).toBe('edited after an interrupted write');
});

test('lets two commands in one folder take turns', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  const results = await Promise.allSettled([gotoStage(place, '2'), solveStage(place, '1'), gotoStage(place, '1')]);
  const trees = [
    await startTree(project.root, 1),
    await startTree(project.root, 2),
    await solutionTree(project.root, 1),
  ];
  expect(results.some((result) => result.status === 'fulfilled')).toBe(true);
  const bench = await readBench(place.dir);
  expect(trees.map(treeId)).toContain(treeId(withFiles(bench?.tree ?? new Map(), [])));
});

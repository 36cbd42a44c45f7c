import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shop, smallProject } from '../stages/fixtures/small-project.ts';
import { solutionTree, startTree } from '../stages/stage-trees.ts';
import { treeId, treeOf } from '../stages/tree.ts';
import { benchPlace } from './bench-place.ts';
import { gotoStage } from './goto-stage.ts';
import { claimBench } from './interrupted-write.ts';
import { openBench } from './open-bench.ts';
import { overwriteBench } from './overwrite-bench.ts';
import { benchOf, readBench } from './read-bench.ts';
import { listSaves } from './save-bench.ts';
import { readBlobs } from './save-store.ts';
import { solveStage } from './solve-stage.ts';
import { undoBench } from './undo-bench.ts';
import { markFile, placeMark } from './write-mark.ts';

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

test('lets commands in one folder take turns, each saving what the one before it made', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  await Promise.all([gotoStage(place, '2'), solveStage(place, '1'), gotoStage(place, '1')]);
  const states = [startTree(project.root, 1), startTree(project.root, 2), solutionTree(project.root, 1)];
  const ids = (await Promise.all(states)).map(treeId);
  const saved = await Promise.all((await listSaves(place)).map((save) => readBlobs(place.stateDir, save.files)));
  const found = [...saved.map((files) => benchOf(files)), await readBench(place.dir)].map((bench) =>
    treeId(bench?.tree ?? new Map()),
  );
  expect(found.filter((id) => !ids.includes(id))).toEqual([]);
  expect(new Set(found).size).toBe(3);
});

test('takes no notice of a mark whose process is gone before it touched anything', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  await writeFile(markFile(place), JSON.stringify({ pid: 2 ** 22 + 1 }));
  expect(await openBench(place)).toMatchObject({ interruption: undefined, stage: { slug: 'first-span' } });
  await gotoStage(place, '2');
  await expect(readFile(markFile(place))).rejects.toThrow(/ENOENT/);
});

test('finishes with the next command what an obstacle stopped', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  const obstacle = join(place.dir, 'shop/tracing.ts/node_modules');
  await mkdir(obstacle, { recursive: true });
  await expect(solveStage(place)).rejects.toThrow(/could be written in part only/);
  await rm(join(obstacle, '..'), { recursive: true });
  const { interruption, bench } = await openBench(place);
  expect(interruption).toMatchObject({ finished: true, stage: 'first-span' });
  expect(treeId(bench.tree)).toBe(treeId(await solutionTree(project.root, 1)));
});

test('lets undo out of a write that an obstacle still stops', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  const before = await readBench(place.dir);
  await mkdir(join(place.dir, 'shop/tracing.ts/node_modules'), { recursive: true });
  await expect(solveStage(place)).rejects.toThrow(/could be written in part only/);
  expect(await undoBench(place)).toMatchObject({ interruption: { finished: false } });
  expect(treeId((await readBench(place.dir))?.tree ?? new Map())).toBe(treeId(before?.tree ?? new Map()));
});

test('gives the bench to one command at a time', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  {
    await using _claim = await claimBench(place);
    expect(await placeMark(place)).toBe(false);
  }
  await using _next = await claimBench(place);
});

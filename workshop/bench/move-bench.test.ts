import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shop, shopWith, smallProject } from '../stages/fixtures/small-project.ts';
import { solutionTree, startTree } from '../stages/stage-trees.ts';
import { type Tree, treeId } from '../stages/tree.ts';
import { type BenchPlace, benchPlace } from './bench-place.ts';
import { diffBench } from './diff-bench.ts';
import { gotoStage, resetStage } from './goto-stage.ts';
import { nextStage } from './next-stage.ts';
import { openBench } from './open-bench.ts';
import { readBench } from './read-bench.ts';
import { listSaves } from './save-bench.ts';
import { solveStage } from './solve-stage.ts';
import { stepBench } from './step-bench.ts';

const read = (place: BenchPlace, path: string) => readFile(join(place.dir, path), 'utf8');
const edit = (place: BenchPlace, path: string, text: string) => writeFile(join(place.dir, path), text);
const idOf = async (place: BenchPlace) => treeId((await readBench(place.dir))?.tree ?? new Map());
const same = async (tree: Promise<Tree>) => treeId(await tree);

test('makes the bench at the first stage when there is none', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  expect(await openBench(place)).toMatchObject({ made: true, stage: { slug: 'last-night' } });
  expect(await idOf(place)).toBe(await same(startTree(project.root, 0)));
  expect((await openBench(place)).made).toBe(false);
  expect(await listSaves(place)).toEqual([]);
});

test('goes to the start of a stage, solves it and goes back to its start', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '2');
  expect(await idOf(place)).toBe(await same(startTree(project.root, 2)));
  await solveStage(place);
  expect(await idOf(place)).toBe(await same(solutionTree(project.root, 2)));
  await resetStage(place);
  expect(await idOf(place)).toBe(await same(startTree(project.root, 2)));
});

test("keeps the learner's notes from stage to stage, unless the stage hands them out", async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '0');
  await edit(place, 'INCIDENT.md', 'Suspect: payments\n');
  await gotoStage(place, '1');
  await solveStage(place);
  expect(await read(place, 'INCIDENT.md')).toBe('Suspect: payments\n');
  await gotoStage(place, '0');
  expect(await read(place, 'INCIDENT.md')).toBe('Suspect:\n');
});

test('lays the steps one after another up to the solution', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '2');
  expect(await stepBench(place)).toMatchObject({ kind: 'laid', number: 1, total: 2, title: 'Price' });
  expect(await stepBench(place)).toMatchObject({ kind: 'laid', number: 2, total: 2, title: 'Charge' });
  expect(await stepBench(place)).toMatchObject({ kind: 'all-there', total: 2 });
  expect(await idOf(place)).toBe(await same(solutionTree(project.root, 2)));
});

test('leaves the bench untouched when own lines are in the way of a step', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '2');
  await edit(place, 'shop/main.ts', shopWith([3, "span('order');"], [6, 'myOwn();']));
  const before = await idOf(place);
  expect(await stepBench(place)).toMatchObject({ kind: 'in-the-way', title: 'Price', conflicts: ['shop/main.ts'] });
  expect(await idOf(place)).toBe(before);
});

test('says where the bench stands when a step of another stage is asked for', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  await expect(stepBench(place, '2')).rejects.toThrowErrorMatchingInlineSnapshot(
    `[UsageError: The bench stands at \`01-first-span\`, so a step of \`02-more-spans\` cannot be laid. Lay the next one of its own (\`npm run step\`), or go there first: \`npm run goto 2\`.]`,
  );
});

test("goes on with the learner's own code and only what the next stage hands out", async () => {
  await using project = await smallProject({
    'exercises/02-more-spans/start/shop/main.ts': shopWith([3, "span('order');"], [10, 'given();']),
  });
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  await edit(place, 'shop/main.ts', shopWith([1, 'mine();'], [3, "span('order');"]).replaceAll('\n', '\r\n'));
  const moved = await nextStage(place);
  expect(moved).toMatchObject({
    stage: { slug: 'more-spans' },
    conflicts: [],
    written: ['.stage', 'shop/helper.ts', 'shop/main.ts'],
  });
  expect(await read(place, 'shop/main.ts')).toBe(
    shopWith([1, 'mine();'], [3, "span('order');"], [10, 'given();']).replaceAll('\n', '\r\n'),
  );
  await expect(nextStage(place)).rejects.toThrow(/is the last stage/);
});

test("keeps the learner's file where what is handed out does not fit, and says so", async () => {
  await using project = await smallProject({
    'exercises/02-more-spans/start/shop/main.ts': shopWith([3, "span('given');"]),
  });
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  await edit(place, 'shop/main.ts', shopWith([3, "span('mine');"]));
  expect(await nextStage(place)).toMatchObject({ conflicts: ['shop/main.ts'], stage: { slug: 'more-spans' } });
  expect(await read(place, 'shop/main.ts')).toBe(shopWith([3, "span('mine');"]));
  expect(await read(place, 'shop/helper.ts')).toBe('help();\n');
});

test('has no solution for a stage whose answer is the learner’s own', async () => {
  await using project = await smallProject();
  await expect(solveStage(benchPlace(project.root), '0')).rejects.toThrowErrorMatchingInlineSnapshot(
    `[UsageError: Stage \`00-last-night\` has no solution to copy: its answer is yours. Read \`exercises/00-last-night/README.md\`, or go on: \`npm run next\`.]`,
  );
});

test('shows what was changed since the start and what is lacking for the solution, line ends apart', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '2');
  await edit(place, 'shop/main.ts', shopWith([3, "span('order');"], [6, "span('price');"]).replaceAll('\n', '\r\n'));
  const since = await diffBench(place, 'start');
  expect(since.files.map(({ path, added, removed }) => [path, added, removed])).toEqual([['shop/main.ts', 1, 0]]);
  const lacking = await diffBench(place, 'solution');
  expect(lacking.files.map((file) => file.text)).toMatchInlineSnapshot(`
    [
      "--- a/shop/main.ts
    +++ b/shop/main.ts
    @@ -8,5 +8,6 @@
     line6();
     line7();
     line8();
    +span('charge');
     line9();
     line10();
    ",
    ]
  `);
});

test('asks for the stage of a bench that does not say it', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  await rm(join(place.dir, '.stage'));
  await expect(resetStage(place)).rejects.toThrow(/does not say its stage/);
  await gotoStage(place, '1');
  expect(await read(place, 'shop/main.ts')).toBe(shop);
});

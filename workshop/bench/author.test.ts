import { execFileSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkBases } from '../stages/bases.ts';
import { shop, shopWith, smallProject } from '../stages/fixtures/small-project.ts';
import { readStepPath } from '../stages/next-step.ts';
import { recordBases } from '../stages/record-bases.ts';
import { readStageDirs } from '../stages/stage-dirs.ts';
import { solutionTree } from '../stages/stage-trees.ts';
import { treeId } from '../stages/tree.ts';
import { authorRebase } from './author-rebase.ts';
import { authorSave } from './author-save.ts';
import { type BenchPlace, benchPlace } from './bench-place.ts';
import { gotoStage } from './goto-stage.ts';
import { solveStage } from './solve-stage.ts';

const solution = (root: string, path: string) => readFile(join(root, 'solutions', path), 'utf8');
const edit = (place: BenchPlace, path: string, text: string) => writeFile(join(place.dir, path), text);

async function expectStepsToLead(root: string): Promise<void> {
  for (const stage of (await readStageDirs(root)).slice(1)) {
    const { trees } = await readStepPath(root, stage);
    expect(treeId(trees.at(-1) ?? new Map())).toBe(treeId(await solutionTree(root, stage.number)));
  }
}

test('saves the bench as the smallest overlay, with bases and steps, and brings the later stages along', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await recordBases(project.root);
  await solveStage(place, '1');
  await edit(place, 'shop/main.ts', shopWith([1, 'import();'], [3, "span('order');"]).replaceAll('\n', '\r\n'));
  await edit(place, 'shop/extra.ts', 'extra();\n');
  await rm(join(place.dir, 'shop/tracing.ts'));
  const saved = await authorSave(place);
  expect(saved.written).toEqual([
    'solutions/01-first-span/shop/extra.ts',
    'solutions/01-first-span/shop/main.ts',
    'solutions/01-first-span/shop/tracing.ts',
    'solutions/02-more-spans/shop/main.ts',
  ]);
  expect(saved.untitled).toContain('?? shop/main.ts: import();');
  expect(await solution(project.root, '02-more-spans/shop/main.ts')).toBe(
    shopWith([1, 'import();'], [3, "span('order');"], [6, "span('price');"], [9, "span('charge');"]),
  );
  expect(await checkBases(project.root)).toEqual([]);
  await expectStepsToLead(project.root);
});

test('refuses a solution that a later one does not fit, and saves it when told to', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await recordBases(project.root);
  await solveStage(place, '1');
  await edit(place, 'shop/main.ts', shopWith([3, "span('order');"], [6, 'inTheWay();']));
  await expect(authorSave(place)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[UsageError: Nothing was written: with this solution of \`01-first-span\`, \`02-more-spans\` no longer fits in \`shop/main.ts\`. Save it all the same with \`--break-later\`, then settle the rest: \`npm run author rebase\`.]`,
  );
  expect(await solution(project.root, '01-first-span/shop/main.ts')).toBe(shopWith([3, "span('order');"]));
  await authorSave(place, { breakLater: true });
  expect((await checkBases(project.root)).map((base) => base.source)).toEqual(['solutions/02-more-spans/shop/main.ts']);
});

test('rebases the chain over a changed app, from what git remembers of it', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: project.root, stdio: 'pipe' });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'as found');
  await recordBases(project.root);
  await rm(join(project.root, '.workshop'), { recursive: true });
  await project.write({ 'legacy-app/shop/main.ts': shopWith([10, 'since();']) });
  const rebased = await authorRebase(place);
  expect(rebased).toMatchObject({ conflict: undefined });
  expect(rebased.written).toEqual(['solutions/01-first-span/shop/main.ts', 'solutions/02-more-spans/shop/main.ts']);
  expect(await solution(project.root, '02-more-spans/shop/main.ts')).toContain('since();');
  expect(await checkBases(project.root)).toEqual([]);
  await expectStepsToLead(project.root);
});

test('brings a conflict to the bench, and takes its settlement as the solution', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  await edit(place, 'shop/main.ts', 'precious();\n');
  await recordBases(project.root);
  await project.write({
    'legacy-app/shop/main.ts': shop.replace('line3();', 'line3(changed);').replace('line2();', 'line2(changed);'),
  });
  const { conflict, written } = await authorRebase(place);
  expect(conflict).toMatchObject({ stage: { slug: 'first-span' }, files: ['shop/main.ts'] });
  expect([written, conflict?.saved]).toEqual([[], expect.any(String)]);
  expect(await readFile(join(place.dir, 'shop/main.ts'), 'utf8')).toContain('<<<<<<< solutions/01-first-span');
  await expect(authorSave(place)).rejects.toThrow(/still has conflict markers in `shop\/main.ts`/);
  await edit(
    place,
    'shop/main.ts',
    shopWith([3, "span('order');"]).replace('line3();', 'line3(changed);').replace('line2();', 'line2(changed);'),
  );
  await authorSave(place);
  expect(await checkBases(project.root)).toEqual([]);
  expect(await solution(project.root, '02-more-spans/shop/main.ts')).toContain("span('charge');");
  expect(await solution(project.root, '02-more-spans/shop/main.ts')).toContain('line3(changed);');
});

test('says what to do when git does not know the old base', async () => {
  await using project = await smallProject();
  await recordBases(project.root);
  await rm(join(project.root, '.workshop'), { recursive: true });
  await project.write({ 'legacy-app/shop/main.ts': shopWith([10, 'since();']) });
  await expect(authorRebase(benchPlace(project.root))).rejects.toThrow(/which this repository does not have/);
});

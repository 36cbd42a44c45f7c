import { execFileSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { smallProject } from '../stages/fixtures/small-project.ts';
import { type BenchPlace, benchPlace } from './bench-place.ts';
import { gotoStage } from './goto-stage.ts';
import { listSaves, saveBench } from './save-bench.ts';
import { undoBench } from './undo-bench.ts';

const main = (place: BenchPlace) => readFile(join(place.dir, 'shop/main.ts'), 'utf8');
const edit = (place: BenchPlace, text: string) => writeFile(join(place.dir, 'shop/main.ts'), text);

test('goes back state by state, and on from there after an edit', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  for (const text of ['a', 'b', 'c']) {
    await edit(place, text);
    await saveBench(place, 'check');
  }
  await undoBench(place);
  expect(await main(place)).toBe('b');
  await undoBench(place);
  expect(await main(place)).toBe('a');
  await edit(place, 'd');
  await undoBench(place);
  expect(await main(place)).toBe('a');
  expect(await undoBench(place)).toBeUndefined();
  expect((await listSaves(place)).map((save) => save.reason)).toEqual(['undo', 'check', 'check', 'check']);
});

test('saves the present state first, so that nothing typed is lost', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  await edit(place, 'precious');
  await gotoStage(place, '2');
  await edit(place, 'typed since');
  const undone = await undoBench(place);
  expect([await main(place), undone?.broughtBack.stage]).toEqual(['precious', 'first-span']);
  expect((await listSaves(place)).map((save) => save.stage)).toEqual(['more-spans', 'first-span']);
});

test('takes the same state twice as one save', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  const [first, second] = [await saveBench(place, 'check'), await saveBench(place, 'check')];
  expect(second).toEqual(first);
  expect(await listSaves(place)).toHaveLength(1);
});

test('saves nothing where there is no bench, and has nothing to bring back', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  expect([await saveBench(place, 'check'), await undoBench(place)]).toEqual([undefined, undefined]);
});

test('brings the bench back after git replaced it and after git deleted it', async () => {
  await using project = await smallProject({ '.gitignore': '.workshop/\nworkbench/\n' });
  const place = benchPlace(project.root);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: project.root, stdio: 'pipe' });
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'main');
  git('checkout', '-qb', 'exercise');
  await gotoStage(place, '2');
  git('add', '-Af', 'workbench');
  git('commit', '-qm', 'exercise');
  git('checkout', '-q', 'main');
  await gotoStage(place, '1');
  await edit(place, 'precious');
  await saveBench(place, 'check');

  git('checkout', '-q', 'exercise');
  expect(await main(place)).not.toBe('precious');
  await undoBench(place);
  expect(await main(place)).toBe('precious');

  git('checkout', '-q', '-f', 'main');
  await rm(place.dir, { recursive: true, force: true });
  await undoBench(place);
  expect(await main(place)).toBe('precious');
});

test.each([
  { jump: 'back by years', clock: ['2026-06-01', '2019-01-01', '2019-01-02'] },
  { jump: 'ahead by years and back', clock: ['2026-06-01', '2039-01-01', '2026-06-02'] },
])('goes back in the order of typing when the clock jumps $jump', async ({ clock }) => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  for (const [i, day] of clock.entries()) {
    await edit(place, `text ${i}`);
    await saveBench(place, 'check', new Date(day));
  }
  await undoBench(place);
  expect(await main(place)).toBe('text 1');
  await undoBench(place);
  expect(await main(place)).toBe('text 0');
});

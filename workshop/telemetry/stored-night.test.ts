import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CAUSES } from '../scenario/causes/index.ts';
import { causeOf, nightDir, readNight, type StoredNight, storeNight, takeSeed } from './stored-night.ts';

test('keeps the number that nights are drawn by, until another one is asked for', async () => {
  await using place = await stateDir();
  const first = await takeSeed(place.dir);
  expect(await takeSeed(place.dir)).toBe(first);
  expect(await takeSeed(place.dir, first + 1)).toBe(first + 1);
  expect(await takeSeed(place.dir)).toBe(first + 1);
});

test('makes up a number where what is kept cannot be read', async () => {
  await using place = await stateDir();
  await mkdir(nightDir(place.dir), { recursive: true });
  await writeFile(join(nightDir(place.dir), 'seed.json'), '"two"');
  expect(await takeSeed(place.dir)).toBeGreaterThan(0);
});

test('gives the same night for the same number, and every cause its turn', () => {
  const names = CAUSES.map(({ name }) => name);
  expect([1, 2, 3, 4, 5].map(causeOf)).toEqual(names);
  expect([6, 7, 1_001].map(causeOf)).toEqual([names[0], names[1], names[0]]);
});

test('knows the last night of the bench that it was replayed on, and of no other', async () => {
  await using place = await stateDir();
  const night: StoredNight = { cause: 'delivery', dir: '/bench', at: '2026-11-20T02:00:10.000Z', traces: [] };
  expect(await readNight(place.dir, '/bench')).toBeUndefined();
  await storeNight(place.dir, night);
  expect(await readNight(place.dir, '/bench')).toEqual(night);
  expect(await readNight(place.dir, '/another')).toBeUndefined();
});

async function stateDir() {
  const dir = await mkdtemp(join(tmpdir(), 'untangle-night-'));
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
}

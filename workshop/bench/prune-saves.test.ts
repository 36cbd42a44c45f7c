import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { smallProject } from '../stages/fixtures/small-project.ts';
import { benchPlace } from './bench-place.ts';
import { gotoStage } from './goto-stage.ts';
import { listSaves, saveBench } from './save-bench.ts';
import { blobDir, readBlobs } from './save-store.ts';

const day = 24 * 60 * 60 * 1000;

test('keeps the newest 200 and whatever is younger than 14 days', async () => {
  await using project = await smallProject();
  const place = benchPlace(project.root);
  await gotoStage(place, '1');
  const begin = Date.parse('2026-01-01');
  const saveAt = async (text: string, at: number) => {
    await writeFile(join(place.dir, 'shop/main.ts'), text);
    await saveBench(place, 'check', new Date(at));
  };
  for (let i = 0; i < 5; i++) await saveAt(`old ${i}`, begin + i);
  const old = new Date(begin);
  for (const name of await readdir(blobDir(place.stateDir)))
    await utimes(join(blobDir(place.stateDir), name), old, old);
  for (let i = 0; i < 205; i++) await saveAt(`young ${i}`, begin + 20 * day + i);

  const saves = await listSaves(place);
  expect(saves).toHaveLength(205);
  expect(saves.filter((save) => save.at < '2026-01-10')).toEqual([]);
  await Promise.all(saves.map((save) => readBlobs(place.stateDir, save.files)));
  const used = new Set(saves.flatMap((save) => Object.values(save.files)));
  expect((await readdir(blobDir(place.stateDir))).filter((name) => !used.has(name))).toEqual([]);
});

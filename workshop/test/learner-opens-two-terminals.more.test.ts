import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readKeeperRecord } from '../keeper/keeper-record.ts';
import { type LearnerProject, learnerProject } from './learner-project.ts';
import { waitUntilGone } from './processes-of.ts';

const PASSES = '3 of 3 checks pass';

test('two terminals in one folder share its database, and a second folder works beside it, with line ends of Windows', async () => {
  await using here = await learnerProject({ keepsDatabase: false });
  await using there = await learnerProject({ keepsDatabase: false });
  await Promise.all([here.solve('1'), there.solve('1')]);
  expect(await endLinesAsWindows(there)).toBeGreaterThan(10);

  await using watch = here.start(['start'], { input: 'open' });
  await watch.sees(PASSES);
  const postgres = postgresOf(here);
  expect(postgres).toBeDefined();

  await using second = here.start(['check']);
  await using elsewhere = there.start(['check']);
  await Promise.all([second.sees('driving the scenario'), elsewhere.sees('driving the scenario')]);
  expect(postgresOf(here)).toBe(postgres);
  expect(postgresOf(there)).not.toBe(postgres);
  for (const { code, out } of await Promise.all([second.ended, elsewhere.ended]))
    expect([code, out]).toEqual([0, expect.stringContaining(PASSES)]);
  await waitUntilGone(there.root);

  // Neither the terminal nor the folder that went has taken anything along.
  expect(postgresOf(here)).toBe(postgres);
  const mark = watch.mark();
  await here.edit('README.md', (text) => `${text}\none more line`);
  await watch.sees(PASSES, mark);
  watch.endInput();
  await watch.ended;
  await waitUntilGone(here.root);
});

function postgresOf({ place }: LearnerProject): number | undefined {
  return readKeeperRecord(place.stateDir)?.shared.find(({ name }) => name === 'postgres')?.pid;
}

/** Gives every file of the bench carriage returns, as some editors and settings of git do; tells how many there are. */
async function endLinesAsWindows({ place }: LearnerProject): Promise<number> {
  const entries = await readdir(place.dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files) await writeFile(file, (await readFile(file, 'utf8')).replace(/\r?\n/g, '\r\n'));
  return files.length;
}

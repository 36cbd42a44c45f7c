import { join } from 'node:path';
import { expect, test } from 'vitest';
import { judgeSuspects } from '../replay/judge-suspects.ts';
import { toNight } from '../replay/night.ts';
import { runNight } from '../replay/run-night.ts';
import { solutionTree } from '../stages/stage-trees.ts';
import { openApps } from './open-apps.ts';

const root = join(import.meta.dirname, '../..');

test('clears payments and charges the warehouse as soon as spans explain, and clears the deploy once context is kept', async () => {
  const signal = new AbortController().signal;
  await using apps = await openApps(root);
  const boardOf = async (stage: number) => {
    const dir = await apps.write(await solutionTree(root, stage));
    const result = await runNight(apps.bay, {
      dir,
      dirName: 'workbench',
      signals: ['traces'],
      signal,
      onProgress: () => {},
    });
    if (!result.ok) throw new Error(result.finding.message);
    const night = toNight(result.run);
    expect(night.blame[0]?.message).toBe('shop payment gateway timeout, retrying');
    return Object.fromEntries(judgeSuspects(night).map(({ suspect, verdict }) => [suspect, verdict]));
  };
  // The night itself takes eight seconds: two at once are all that two cores bear.
  expect(await Promise.all([boardOf(0), boardOf(1)])).toEqual([NOBODY, NOBODY]);
  expect(await Promise.all([boardOf(2), boardOf(3)])).toEqual([
    { ...NOBODY, payments: 'cleared', warehouse: 'charged' },
    { ...NOBODY, payments: 'cleared', warehouse: 'charged', deploy: 'cleared' },
  ]);
});

const NOBODY = {
  payments: 'open',
  database: 'open',
  warehouse: 'open',
  deploy: 'open',
  'merino-drop': 'open',
  'nightly-report': 'open',
};

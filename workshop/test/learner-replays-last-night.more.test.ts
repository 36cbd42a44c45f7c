import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toNight } from '../replay/night.ts';
import { runNight } from '../replay/run-night.ts';
import { tellTraces } from '../replay/tell-traces.ts';
import type { CauseName } from '../scenario/causes/cause.ts';
import { solutionTree } from '../stages/stage-trees.ts';
import { openApps } from './open-apps.ts';

const root = join(import.meta.dirname, '../..');

test('whatever is behind a night, it looks the same from outside, and traces tell who waited and who held', async () => {
  await using apps = await openApps(root);
  const dir = await apps.write(await solutionTree(root, 9));
  // A night takes some seconds of waiting, and two at once are all that two cores bear.
  const nights = [
    ...(await Promise.all([relive('delivery'), relive('checkout')])),
    ...(await Promise.all([relive('payments'), relive('customer-export')])),
  ];
  for (const { cause, hangMs, loudest, waited, held } of nights) {
    expect(hangMs, cause).toBeGreaterThan(4_000);
    expect(loudest, cause).toBe('shop payment gateway timeout, retrying');
    expect(waited, cause).toBeGreaterThan(4);
    expect(held, cause).toBeGreaterThan(0);
  }
  // Nobody who holds a row has to wait for it: only payments is charged by those who wait in it.
  expect(nights.map(({ cause, both }) => [cause, both > 0])).toEqual([
    ['delivery', false],
    ['checkout', false],
    ['payments', true],
    ['customer-export', false],
  ]);

  async function relive(cause: CauseName) {
    const { signal } = new AbortController();
    const plan = { dir, dirName: 'workbench', signals: ['traces', 'logs', 'metrics'], cause, signal } as const;
    const result = await runNight(apps.bay, { ...plan, onProgress: () => {} });
    if (!result.ok) throw new Error(result.finding.message);
    const { hangMs, blame, traces } = toNight(result.run, true);
    const told = tellTraces(traces, cause);
    return {
      cause,
      hangMs,
      loudest: blame[0]?.message,
      waited: told.filter(({ waited }) => waited).length,
      held: told.filter(({ held }) => held).length,
      both: told.filter(({ waited, held }) => waited && held).length,
    };
  }
});

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { countLooks } from './count-looks.ts';
import { judgeFound } from './judge-found.ts';
import { planChanges } from './plan-changes.ts';
import { readTopology } from './topology.ts';

const bench = join(import.meta.dirname, '../../exercises/14-what-changed/start');
const chain = await readTopology(bench);

test('reads the dozen in the order in which they ask each other', () => {
  expect(chain.map(({ name, depth }) => `${depth} ${name}`)).toEqual([
    '0 storefront',
    '1 catalogue',
    '2 provenance',
    '3 dye-house',
    '4 mill',
    '5 spinnery',
    '6 scouring',
    '7 wool-exchange',
    '8 shearing',
    '9 flock-book',
    '10 farm',
    '11 portraits',
  ]);
});

test('says which file of the chain cannot be read, and how it comes back', async () => {
  await expect(readTopology(join(bench, 'shop'))).rejects.toThrow(
    '`supply-chain/topology.yaml` cannot be read: it is not there. `npm run reset 14` hands it out again.',
  );
});

test('plans the same changes for the same seed, over all kinds and depths, with quiet runs between them', () => {
  const plan = planChanges(chain, { changed: 40, quiet: 20, seed: 1 });
  expect(plan).toEqual(planChanges(chain, { changed: 40, quiet: 20, seed: 1 }));
  expect(plan).not.toEqual(planChanges(chain, { changed: 40, quiet: 20, seed: 2 }));
  const changes = plan.filter((planned) => planned !== undefined);
  expect([plan.length, changes.length]).toEqual([60, 40]);
  expect(countBy(changes.map(({ kind }) => kind))).toEqual({ config: 8, dependency: 8, deploy: 8, flag: 8, mix: 8 });
  expect(new Set(changes.map(({ depth }) => depth)).size).toBe(12);
  expect(plan.indexOf(undefined)).toBeLessThan(40);
});

test('takes a value under any name for found, an "on" only when it is of a flag', () => {
  const plan = planChanges(chain, { changed: 10, quiet: 0, seed: 3 }).filter((planned) => planned !== undefined);
  const flag = plan.find(({ kind }) => kind === 'flag');
  const mix = plan.find(({ kind }) => kind === 'mix');
  if (!flag || !mix) throw new Error('The plan has no flag or no mix.');
  const found = (of: typeof flag, attribute: string, value: string) =>
    judgeFound(of, { service: of.service, operation: of.operation, attribute, value }).value;
  expect(found(mix, 'customer', mix.value)).toBe(true);
  expect(found(mix, 'purl.tenant', 'purl')).toBe(false);
  expect(found(flag, 'purl.flag', 'true')).toBe(true);
  expect(found(flag, 'purl.light', 'on')).toBe(false);
});

test('counts what was found, and alarms where nothing was changed', () => {
  const [planned] = planChanges(chain, { changed: 1, quiet: 0, seed: 1 });
  if (!planned) throw new Error('Nothing was planned.');
  const { service, operation, attribute, value } = planned;
  const looks = [
    { service, operation, attribute, value },
    { service, operation, attribute, value: 'other' },
    undefined,
  ];
  const count = countLooks([
    ...looks.map((found) => ({ planned, found, right: judgeFound(planned, found) })),
    ...looks.map((found) => ({ planned: undefined, found, right: judgeFound(undefined, found) })),
  ]);
  expect(count).toMatchObject({
    changes: 3,
    service: 0.667,
    serviceOperationValue: 0.333,
    quietRuns: 3,
    falseAlarms: 2,
  });
});

function countBy(names: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries([...new Set(names)].map((name) => [name, names.filter((other) => other === name).length]));
}

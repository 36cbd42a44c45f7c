import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openShop } from '../scenario/open-shop.ts';
import { runContract } from './run-contract.ts';

const root = join(import.meta.dirname, '../..');
const stateDir = join(root, '.workshop');

test('the legacy app keeps every promise', async () => {
  await using shop = await openShop({ dir: join(root, 'legacy-app'), stateDir });
  expect(await runContract(shop)).toEqual([]);
});

test('names the promise that a change breaks, and what came instead', async () => {
  await using copy = await copyOfTheApp();
  await copy.replace('shop/loyalty.ts', 'order.total / 100', 'order.total / 50');
  await copy.replace('warehouse/main.ts', '< 5', '< 2');
  await copy.replace('warehouse/main.ts', '[...items].sort((a, b) => (a.sku < b.sku ? -1 : 1))', 'items');
  await using shop = await openShop({ dir: copy.dir, stateDir });
  expect(await runContract(shop)).toEqual([
    {
      promise: 'orders are placed and everything that follows is done',
      where: 'rows of loyalty_ledger, [0].points',
      expected: 563,
      actual: 1127,
    },
    {
      promise: 'orders are placed and everything that follows is done',
      where: 'rows of loyalty_points, [0].points',
      expected: 563,
      actual: 1127,
    },
    {
      promise: 'the warehouse reserves all or nothing',
      where: 'rows of yarns, [0].almost_gone',
      expected: true,
      actual: false,
    },
    {
      promise: 'the last skeins are sold once, however many ask at once',
      where: 'POST /reservations of the same yarns in opposite order, status, [1]',
      expected: 201,
      actual: 500,
    },
  ]);
});

test('reports a request that is not answered as a promise that is not kept', async () => {
  await using copy = await copyOfTheApp();
  await copy.replace('shop/report.ts', 'const top = [];', 'const top = []; req.socket.destroy(); return;');
  await using shop = await openShop({ dir: copy.dir, stateDir });
  const breaches = await runContract(shop);
  expect(breaches.map(({ promise, where, expected }) => ({ promise, where, expected }))).toEqual([
    { promise: 'the report knows the old orders', where: 'a request', expected: 'an answer' },
    { promise: 'the report adds up', where: 'a request', expected: 'an answer' },
  ]);
});

/** Below the project, so that the copy finds the same dependencies. */
async function copyOfTheApp() {
  const dir = await mkdtemp(join(stateDir, 'contract-'));
  await cp(join(root, 'legacy-app'), dir, { recursive: true });
  return {
    dir,
    async replace(file: string, before: string, after: string) {
      const text = await readFile(join(dir, file), 'utf8');
      expect(text).toContain(before);
      await writeFile(join(dir, file), text.replace(before, after));
    },
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }),
  };
}

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type NightCheckout, type NightFacts, replayLastNight } from './last-night.ts';
import { openPool } from './open-pool.ts';
import { openShop } from './open-shop.ts';

const root = join(import.meta.dirname, '../..');
const place = { dir: join(root, 'legacy-app'), stateDir: join(root, '.workshop') };

test('with the report checkouts hang and fail, and the log blames payments, which answered in time', async () => {
  await using shop = await openShop(place);
  const { hanging, checkouts, gatewayMs } = await replayLastNight(shop);
  const lines = shop.log.lines().map(({ line }) => line);

  // The report itself makes 160 pauses of 50 ms.
  expect(hanging.status).toBe(201);
  expect(hanging.durationMs).toBeGreaterThan(6_000);
  const failed = checkouts.filter(({ status }) => status === 502);
  expect(failed.length).toBeGreaterThan(5);
  expect(longest(failed)).toBeLessThan(hanging.durationMs);

  expect(lines.filter(isTimeoutOfPayments).length).toBeGreaterThanOrEqual(3 * failed.length);
  expect(lines.filter((line) => /WARN|ERROR/.test(line) && /report|lock|stock|pool/.test(line))).toEqual([]);
  // What payments took is nothing beside what the checkouts took: it is the gateway's 140 ms.
  expect(Math.max(...gatewayMs) * 10).toBeLessThan(hanging.durationMs);
  // Most were never asked for; the last to fail may just have come through when they gave up.
  expect((await chargesWithoutOrder(shop.databaseUrl)).length).toBeLessThan(failed.length / 2);
  expect(await linesOfTheReport(shop.databaseUrl)).toBe(160);
});

test('without the report everybody is served and no line says timeout', async () => {
  await using shop = await openShop(place);
  const night = await replayLastNight(shop, { cause: 'nothing' });
  expect(outcomes(night)).toEqual({ 201: 22, 402: 2 });
  expect(shop.log.lines().filter(({ line }) => isTimeoutOfPayments(line))).toEqual([]);
});

function outcomes({ checkouts }: NightFacts): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of checkouts) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function longest(checkouts: readonly NightCheckout[]): number {
  return Math.max(...checkouts.map(({ durationMs }) => durationMs));
}

function isTimeoutOfPayments(line: string): boolean {
  return line.includes('payment gateway timeout, retrying');
}

async function chargesWithoutOrder(databaseUrl: string) {
  await using database = openPool(databaseUrl);
  const { rows } = await database.query(
    `select reference from charges where state = 'approved' and reference not in (select id from orders)`,
  );
  return rows;
}

async function linesOfTheReport(databaseUrl: string) {
  await using database = openPool(databaseUrl);
  return (await database.query('select * from stock_reports')).rows.length;
}

import { openPool } from '../scenario/open-pool.ts';
import type { RunningShop } from '../scenario/running-shop.ts';
import { afterAll, atFirst, together } from './promises/index.ts';
import type { Breach, ShopPromise } from './shop-promise.ts';
import { type VisitPlan, visitShop } from './visit-shop.ts';

/**
 * Holds a running app, all four processes on a freshly seeded database, to everything that the shop promises.
 * No breach means that it behaves as the legacy app does.
 */
export async function runContract(
  { urls, databaseUrl }: RunningShop,
  signal = AbortSignal.timeout(60_000),
): Promise<readonly Breach[]> {
  await using database = openPool(databaseUrl);
  const check = (promise: ShopPromise) => checkPromise(promise, { urls, database, databaseUrl, signal });
  const breaches: Breach[] = [];
  for (const promise of atFirst) breaches.push(...(await check(promise)));
  breaches.push(...(await Promise.all(together.map(check))).flat());
  for (const promise of afterAll) breaches.push(...(await check(promise)));
  return breaches;
}

async function checkPromise(promise: ShopPromise, plan: Omit<VisitPlan, 'report'>): Promise<readonly Breach[]> {
  const breaches: Breach[] = [];
  const report: VisitPlan['report'] = (breach) => breaches.push({ promise: promise.title, ...breach });
  try {
    await promise.check(visitShop({ ...plan, report }));
  } catch (error) {
    report({ where: 'a request', expected: 'an answer', actual: reasonOf(error) });
  }
  return breaches;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

import { setTimeout as delay } from 'node:timers/promises';
import { letPeopleBrowse } from './browse-shop.ts';
import { everybodyElse, firstOfTheDrop, type NightOrder } from './customers-of-last-night.ts';
import { openPool } from './open-pool.ts';
import { fillBasket, orderBasket } from './place-order.ts';
import type { RunningShop } from './running-shop.ts';
import { sendRequest } from './send-request.ts';
import { type Queryable, waitForRows } from './wait-for-rows.ts';

/** How the night is replayed. */
export type NightOptions = {
  /** Without it the same customers come on a night without the nightly report. */
  readonly withReport?: boolean;
  readonly visitsPerSecond?: number;
  readonly onProgress?: (message: string) => void;
  readonly signal?: AbortSignal;
};

/** What one customer's attempt to order came to; times are since the epoch, by the customer's clock. */
export type NightCheckout = {
  readonly wishes: NightOrder['wishes'];
  readonly card: string;
  readonly basketId: string;
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly status: number;
  /** Only of an order that was placed. */
  readonly orderId?: string;
};

/** What happened, as customers saw it, and how fast payments really answered. */
export type NightFacts = {
  /** The drop's first customer: with the report, the one whose checkout hangs until it ends. */
  readonly hanging: NightCheckout;
  readonly checkouts: readonly NightCheckout[];
  /** From asking the gateway to its answer, for each charge of the night. */
  readonly gatewayMs: readonly number[];
};

/** Replays last night on a running app, all four processes on a freshly seeded database; takes as long as the report. */
export async function replayLastNight(
  { urls, databaseUrl }: RunningShop,
  options: NightOptions = {},
): Promise<NightFacts> {
  const {
    withReport = true,
    visitsPerSecond = 5,
    onProgress = () => {},
    signal = AbortSignal.timeout(60_000),
  } = options;
  await using database = openPool(databaseUrl);
  const night: Night = { shopUrl: urls.shop, database, signal };
  const orders = [...firstOfTheDrop, ...everybodyElse];
  const baskets = await fillBaskets(night, orders);
  if (withReport) {
    onProgress('the nightly report starts');
    await startReport(night);
  }
  await using _browsers = letPeopleBrowse(urls.shop, visitsPerSecond, signal);
  onProgress('the Merino drop opens');
  const first = baskets.slice(0, firstOfTheDrop.length).map((basket) => checkOut(night, basket));
  if (withReport) await waitUntilRowsAreWaitedFor(night, firstOfTheDrop.length);
  const others = baskets.slice(firstOfTheDrop.length).map((basket) => checkOut(night, basket));
  const checkouts = await Promise.all([...first, ...others]);
  if (withReport) await waitUntilReportIsDone(night);
  const [hanging] = checkouts;
  if (hanging === undefined) throw new Error('Nobody came: `firstOfTheDrop` names no customer.');
  return { hanging, checkouts, gatewayMs: await readGatewayTimes(database) };
}

type Night = { readonly shopUrl: string; readonly database: Queryable; readonly signal: AbortSignal };
type FilledBasket = NightOrder & { readonly basketId: string };

async function fillBaskets({ shopUrl, signal }: Night, orders: readonly NightOrder[]): Promise<FilledBasket[]> {
  const filled: FilledBasket[] = [];
  for (const order of orders) filled.push({ ...order, basketId: await fillBasket(shopUrl, order, signal) });
  return filled;
}

async function checkOut({ shopUrl, signal }: Night, basket: FilledBasket): Promise<NightCheckout> {
  const { wishes, card, basketId, afterMs } = basket;
  await delay(afterMs, undefined, { signal });
  const startedAtMs = Date.now();
  const { status, orderId } = await orderBasket(shopUrl, basket, signal);
  const durationMs = Date.now() - startedAtMs;
  return { wishes, card, basketId, startedAtMs, durationMs, status, ...(status === 201 && { orderId }) };
}

/** The report has begun when nobody else can lock the row that it takes first. */
async function startReport({ shopUrl, database, signal }: Night): Promise<void> {
  await sendRequest('POST', `${shopUrl}/admin/nightly-report`, undefined, signal);
  const merino = `select sku from stock where sku = 'A-MERINO-DROP' for update skip locked`;
  await waitForRows(database, { sql: merino, isEnough: (rows) => rows.length === 0, signal });
}

/** A bench that was untangled may never get there, so that this is no condition of the night. */
async function waitUntilRowsAreWaitedFor({ database, signal }: Night, count: number): Promise<void> {
  const waiting = `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  await waitForRows(database, { sql: waiting, isEnough: (rows) => rows.length >= count, deadlineMs: 1_500, signal });
}

async function waitUntilReportIsDone({ database, signal }: Night): Promise<void> {
  const done = `select id from jobs where kind = 'nightly-report' and state <> 'queued'`;
  await waitForRows(database, { sql: done, deadlineMs: 20_000, signal });
}

async function readGatewayTimes(database: Queryable): Promise<readonly number[]> {
  const { rows } = await database.query(
    'select (extract(epoch from answered_at - asked_at) * 1000)::int as ms from charges order by id',
  );
  return rows.map(({ ms }) => Number(ms));
}

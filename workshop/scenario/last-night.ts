import { setTimeout as delay } from 'node:timers/promises';
import { letPeopleBrowse } from './browse-shop.ts';
import type { CauseName, NightDesk } from './causes/cause.ts';
import { causeNamed } from './causes/index.ts';
import { everybodyElse, firstOfTheDrop, type NightOrder } from './customers-of-last-night.ts';
import { openPool } from './open-pool.ts';
import { fillBasket, orderBasket } from './place-order.ts';
import type { RunningShop } from './running-shop.ts';
import { type Queryable, waitForRows } from './wait-for-rows.ts';

/** How the night is replayed. */
export type NightOptions = {
  /** What is behind it: the nightly report, unless said otherwise. With `nothing` the same customers come on a quiet night. */
  readonly cause?: CauseName | 'nothing';
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
  /** The drop's first customer: the one whose checkout hangs until the cause is over. */
  readonly hanging: NightCheckout;
  readonly checkouts: readonly NightCheckout[];
  /** From asking the gateway to its answer, for each charge of the night. */
  readonly gatewayMs: readonly number[];
};

/** Replays last night on a running app, all four processes on a freshly seeded database; takes as long as its cause. */
export async function replayLastNight(
  { urls, databaseUrl }: RunningShop,
  options: NightOptions = {},
): Promise<NightFacts> {
  const {
    cause: name = 'nightly-report',
    visitsPerSecond = 5,
    onProgress = () => {},
    signal = AbortSignal.timeout(60_000),
  } = options;
  await using database = openPool(databaseUrl);
  const night: NightDesk = { shopUrl: urls.shop, database, signal };
  const cause = name === 'nothing' ? undefined : causeNamed(name);
  const orders = [...firstOfTheDrop, ...everybodyElse];
  const baskets = await fillBaskets(night, orders);
  onProgress("two o'clock: what runs every night begins");
  await cause?.begin(night);
  await using _browsers = letPeopleBrowse(urls.shop, visitsPerSecond, signal);
  onProgress('the Merino drop opens');
  const first = baskets.slice(0, firstOfTheDrop.length).map((basket) => checkOut(night, basket));
  if (cause?.locks) await waitUntilLocksAreWaitedFor(night, firstOfTheDrop.length);
  const others = baskets.slice(firstOfTheDrop.length).map((basket) => checkOut(night, basket));
  const checkouts = await Promise.all([...first, ...others]);
  await cause?.end(night);
  const [hanging] = checkouts;
  if (hanging === undefined) throw new Error('Nobody came: `firstOfTheDrop` names no customer.');
  return { hanging, checkouts, gatewayMs: await readGatewayTimes(database) };
}

type FilledBasket = NightOrder & { readonly basketId: string };

async function fillBaskets({ shopUrl, signal }: NightDesk, orders: readonly NightOrder[]): Promise<FilledBasket[]> {
  const filled: FilledBasket[] = [];
  for (const order of orders) filled.push({ ...order, basketId: await fillBasket(shopUrl, order, signal) });
  return filled;
}

async function checkOut({ shopUrl, signal }: NightDesk, basket: FilledBasket): Promise<NightCheckout> {
  const { wishes, card, basketId, afterMs } = basket;
  await delay(afterMs, undefined, { signal });
  const startedAtMs = Date.now();
  const { status, orderId } = await orderBasket(shopUrl, basket, signal);
  const durationMs = Date.now() - startedAtMs;
  return { wishes, card, basketId, startedAtMs, durationMs, status, ...(status === 201 && { orderId }) };
}

/** A bench that was untangled may never get there, so that this is no condition of the night. */
async function waitUntilLocksAreWaitedFor({ database, signal }: NightDesk, count: number): Promise<void> {
  const waiting = `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  await waitForRows(database, { sql: waiting, isEnough: (rows) => rows.length >= count, deadlineMs: 1_500, signal });
}

async function readGatewayTimes(database: Queryable): Promise<readonly number[]> {
  const { rows } = await database.query(
    'select (extract(epoch from answered_at - asked_at) * 1000)::int as ms from charges order by id',
  );
  return rows.map(({ ms }) => Number(ms));
}

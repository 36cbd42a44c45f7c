import {
  brokenJobs,
  type JobDesk,
  type JobFact,
  type RestartableWorker,
  readJobs,
  restartInBetween,
  workOffJobs,
} from './drive-worker.ts';
import { type OpenPool, openPool } from './open-pool.ts';
import { type Answer, sendRequest } from './send-request.ts';
import { waitForRows } from './wait-for-rows.ts';

/** How a checkout of the standard scenario is meant to end; `retried` is approved at the gateway's second try. */
export type CheckoutKind = 'approved' | 'retried' | 'declined' | 'broken' | 'invalid';

/** One checkout as the customer saw it. */
export type Checkout = {
  readonly kind: CheckoutKind;
  readonly email: string;
  /** How many kinds of yarn were in the basket. */
  readonly items: number;
  readonly answer: Answer;
  /** By the customer's clock, in milliseconds. */
  readonly durationMs: number;
  /** `undefined` when the answer names none. */
  readonly orderId: string | undefined;
};

/** What the standard scenario saw from outside of the app. */
export type StandardFacts = {
  /** The first cart, alone; then ten at once, with one that is retried, declined, broken and invalid each. */
  readonly checkouts: readonly Checkout[];
  /** The restocks that were queued, if jobs were driven. */
  readonly jobs: readonly JobFact[];
  /** In words, what was not as the shop promises: status codes, bodies, and rows that never came. */
  readonly broken: readonly string[];
};

/** Where the app is, and what ends the waiting. */
export type ScenarioPlan = {
  readonly shopUrl: string;
  readonly databaseUrl: string;
  /** Whether the worker runs: its notices are waited for as well. */
  readonly hasWorker: boolean;
  /** The worker, where it is to be given jobs and to be restarted. */
  readonly jobsFor?: RestartableWorker | undefined;
  readonly signal: AbortSignal;
};

/**
 * Drives one cart and one look at a yarn, then ten carts at once beside four that do not go straight, and waits until
 * everything has happened that the shop does after it has answered. It needs the processes shop, warehouse and payments.
 * Where jobs are driven, one fails three times, nobody asked for another, and the first cart is ordered while the worker
 * is restarted.
 */
export async function runStandardScenario({
  shopUrl,
  databaseUrl,
  hasWorker,
  jobsFor: worker,
  signal,
}: ScenarioPlan): Promise<StandardFacts> {
  const send = createSend(shopUrl, signal);
  const wishes = wishList();
  await using database = openPool(databaseUrl);
  const queueRestock: JobDesk['queueRestock'] = (sku, wish) =>
    send('POST', `/admin/restock?for=${wish}`, { sku, quantity: 1 });
  const desk: JobDesk = { queueRestock, database, signal };
  const [baskets] = await Promise.all([
    Promise.all(wishes.map((wish) => fillBasket(send, wish))),
    worker && workOffJobs(desk),
  ]);
  const check = async (index: number) => checkOut(send, wishes[index] as Wish, baskets[index] as string);
  const first = worker ? await restartInBetween(desk, worker, () => check(0)) : await check(0);
  const seen = await send('GET', A_YARN);
  const others = await Promise.all(wishes.slice(1).map((_, index) => check(index + 1)));
  const checkouts = [first, ...others];
  const effects = await missingEffects(database, checkouts, hasWorker ? [...EFFECTS, NOTICE] : EFFECTS, signal);
  const jobs = worker ? await readJobs(desk) : [];
  const broken = [
    ...(seen.status === 200 ? [] : [`GET ${A_YARN} answered ${seen.status}, and not 200`]),
    ...checkouts.flatMap(brokenPromise),
    ...effects,
    ...(worker ? brokenJobs(jobs) : []),
  ];
  return { checkouts, jobs, broken };
}

/** The scenario could not go on: the app is gone, or the time is up. */
export class ScenarioCut extends Error {
  override readonly name = 'ScenarioCut';
  /** The requests that were waiting for their answer, in words. */
  readonly unanswered: readonly string[];

  constructor(unanswered: readonly string[], cause: unknown) {
    super(`No answer to ${unanswered.join(', ')}.`, { cause });
    this.unanswered = unanswered;
  }
}

/** Sends requests and knows which of them wait for their answer. */
function createSend(shopUrl: string, signal: AbortSignal): Send {
  const waiting = new Map<symbol, string>();
  return async (method, path, body, what = `${method} ${path}`) => {
    const key = Symbol(what);
    waiting.set(key, what);
    const answer = await sendRequest(method, shopUrl + path, body, signal).catch((error: unknown) => {
      throw new ScenarioCut([...new Set(waiting.values())], error);
    });
    waiting.delete(key);
    return answer;
  };
}

type Send = (method: string, path: string, body?: unknown, what?: string) => Promise<Answer>;
type Wish = { readonly kind: CheckoutKind; readonly email: string; readonly skus: readonly string[] };

function wishList(): readonly Wish[] {
  const ten = TEN_SKUS.map(
    (sku, index): Wish => ({ kind: 'approved', email: `cart${index + 1}@example.com`, skus: [sku] }),
  );
  return [
    { kind: 'approved', email: 'ada@example.com', skus: ['B-ALPACA-FOG', 'S-SOCK-NAVY', 'Y-YAK-CHARCOAL'] },
    ...ten,
    { kind: 'retried', email: 'flo@example.com', skus: ['M-MOHAIR-BLUSH'] },
    { kind: 'declined', email: 'dee@example.com', skus: ['L-LINEN-FLAX'] },
    // Postgres takes no NUL in a text: the app does not know that, and answers 500.
    { kind: 'broken', email: 'nul\u0000@example.com', skus: ['L-LINEN-SALT'] },
    { kind: 'invalid', email: 'no address', skus: ['J-JUTE-PLAIN'] },
  ];
}

async function fillBasket(send: Send, { skus }: Wish): Promise<string> {
  const { body } = await send('POST', '/baskets');
  const id = String(fieldOf(body, 'id'));
  for (const sku of skus) await send('POST', `/baskets/${id}/items`, { sku, quantity: 2 }, 'POST /baskets/:id/items');
  return id;
}

async function checkOut(send: Send, { kind, email, skus }: Wish, basketId: string): Promise<Checkout> {
  const startedAt = performance.now();
  const order = { basketId, email, card: CARDS[kind] ?? 'tok_ok' };
  const answer = await send('POST', '/orders', order, `POST /orders for ${A_CART[kind]}`);
  const durationMs = performance.now() - startedAt;
  const id = fieldOf(answer.body, 'id');
  return { kind, email, items: skus.length, answer, durationMs, orderId: typeof id === 'string' ? id : undefined };
}

function brokenPromise({ kind, answer }: Checkout): readonly string[] {
  const expected = STATUS[kind];
  const isAsPromised = answer.status === expected && (expected !== 201 || isOrder(answer.body));
  if (isAsPromised) return [];
  const shown = JSON.stringify(answer.body)?.slice(0, 200);
  return [`POST /orders for ${A_CART[kind]} answered ${answer.status} ${shown}, and not ${expected}`];
}

function isOrder(body: unknown): boolean {
  return typeof fieldOf(body, 'id') === 'string' && typeof fieldOf(body, 'total') === 'number';
}

async function missingEffects(
  database: OpenPool,
  checkouts: readonly Checkout[],
  effects: readonly Effect[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const orders = checkouts.flatMap(({ orderId }) => orderId ?? []);
  if (orders.length === 0) return [];
  const waits = effects.map(async ({ what, sql }) => {
    const rows = await waitForRows(database, {
      sql,
      values: [orders],
      isEnough: (found) => found.length >= orders.length,
      deadlineMs: 5_000,
      signal,
    });
    const missing = orders.length - rows.length;
    return missing > 0 ? [`${missing} of ${orders.length} orders never got ${what}`] : [];
  });
  return (await Promise.all(waits)).flat();
}

function fieldOf(body: unknown, key: string): unknown {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[key] : undefined;
}

const TEN_SKUS = [
  'B-ALPACA-RUST',
  'C-COTTON-ECRU',
  'C-COTTON-INDIGO',
  'C-COTTON-MINT',
  'D-DONEGAL-MOSS',
  'D-DONEGAL-PEAT',
  'R-RAMBOUILLET',
  'S-SHETLAND-GREY',
  'S-SHETLAND-RED',
  'T-TWEED-HEATHER',
];

const A_YARN = '/yarns/rambouillet';

const CARDS: Readonly<Partial<Record<CheckoutKind, string>>> = { retried: 'tok_flaky', declined: 'tok_declined' };

const STATUS: Readonly<Record<CheckoutKind, number>> = {
  approved: 201,
  retried: 201,
  declined: 402,
  broken: 500,
  invalid: 422,
};

/** Whether a checkout is meant to end with an order. */
export function isPlaced({ kind }: Checkout): boolean {
  return STATUS[kind] === 201;
}

const A_CART: Readonly<Record<CheckoutKind, string>> = {
  approved: 'a good cart',
  retried: 'a card that the gateway is too busy for at first',
  declined: 'a card that is declined',
  broken: 'an e-mail address that the database refuses',
  invalid: 'an e-mail address that is none',
};

type Effect = { readonly what: string; readonly sql: string };

/** What the shop does after it has answered, each with the orders that it has been done for. */
const EFFECTS: readonly Effect[] = [
  {
    what: 'their confirmation',
    sql: `select distinct order_id from mails where kind = 'confirmation' and order_id = any($1)`,
  },
  { what: 'their points', sql: 'select distinct order_id from loyalty_ledger where order_id = any($1)' },
  {
    what: 'on the pick list',
    sql: `select order_id from pick_list where order_id = any($1) group by order_id
          having count(*) >= (select count(*) from order_items where order_items.order_id = pick_list.order_id)`,
  },
  { what: 'into the audit log', sql: 'select distinct order_id from audit_log where order_id = any($1)' },
  {
    what: 'counted in the audit log',
    sql: `select from audit_counters, generate_series(1, least(entries, cardinality($1::text[]))) where kind = 'orders'`,
  },
];

/** What the worker does for an order. */
const NOTICE: Effect = {
  what: 'their notice of dispatch',
  sql: `select distinct order_id from mails where kind = 'notice' and order_id = any($1)`,
};

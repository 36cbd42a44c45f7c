import type { DrivenApp } from '../../workshop/check/drive-app.ts';
import type { SecondRun, SecondStart } from '../../workshop/check/second-start.ts';
import { type OpenPool, openPool } from '../../workshop/scenario/open-pool.ts';
import { waitForRows } from '../../workshop/scenario/wait-for-rows.ts';
import { PLANTED } from './planted.ts';

/**
 * Half of all traces are asked for. Three customers come: one whose own trace is recorded, one whose is not, and many
 * who have none. The first one is careless, and leaves secrets wherever a request has room for them.
 */
export const visit: SecondStart = {
  id: 'sampled-visit',
  env: { OTEL_TRACES_SAMPLER_ARG: '0.5' },
  drive,
};

/** What the visits saw from outside. */
export type Visit = {
  /** The trace of an order whose caller records, by an id that the ratio alone would leave out. */
  readonly recorded: string;
  /** The trace of an order whose caller does not record, by an id that the ratio alone would keep. */
  readonly unrecorded: string;
  /** How many requests came without a trace. */
  readonly strangers: number;
  /** Ids of this visit that belong in no name. */
  readonly ids: readonly string[];
  /** In words, what was not as the shop promises. */
  readonly broken: readonly string[];
  /** The jobs that were queued, as they stand in the table. */
  readonly payloads: readonly string[];
};

/** The path that nobody but strangers asks for; there is no such order. */
export const STRANGERS_PATH = '/orders/P-0';

/** What a second start of this stage saw. */
export function visitOf(run: SecondRun): Visit {
  return run.seen as Visit;
}

/** Whether anything came of the customer whose trace is recorded. */
export function wasRecorded(run: SecondRun): boolean {
  return run.telemetry.spans.some(({ traceId }) => traceId === visitOf(run).recorded);
}

async function drive({ app, databaseUrl, signal }: DrivenApp): Promise<Visit> {
  await using database = openPool(databaseUrl);
  const shop = String(app.urls.shop);
  const careless = (n: number): Visitor => ({
    shop,
    signal,
    headers: { ...CARELESS, ...traced(traceId('f', n), '01') },
  });
  const unrecorded = { shop, signal, headers: traced(traceId('0', 1), '00') };

  const first = await order(careless(1), 'R-RAMBOUILLET');
  const second = await order(careless(2), 'H-DYED-DUSK');
  await ask(careless(3), 'GET', `/orders/${second}`);
  await ask(careless(4), 'POST', `/orders/${second}/cancel`);
  await ask(careless(5), 'GET', `/yarns/dusk?${QUERY}`);
  await ask(careless(6), 'GET', `/orders/${PLANTED['an e-mail address']}`);
  await ask(careless(7), 'POST', '/orders', `{"card":${PLANTED['a card token']}}`);
  const third = await order(unrecorded, 'S-SOCK-NAVY');
  await inTens(STRANGERS, () => ask({ shop, signal, headers: {} }, 'GET', STRANGERS_PATH));
  const orders = [first, third].filter((id) => id !== '');
  const broken = [
    ...[first, second, third].flatMap((id, i) => (id === '' ? [`POST /orders for ${CUSTOMERS[i]} gave no order`] : [])),
    ...((await areNotified(database, orders, signal))
      ? []
      : ['some orders never got their confirmation and their notice']),
  ];
  const { rows } = await database.query(`select payload::text as payload from jobs order by id`);
  return {
    recorded: traceId('f', 1),
    unrecorded: traceId('0', 1),
    strangers: STRANGERS,
    ids: [first, second, third].filter((id) => id !== ''),
    broken,
    payloads: rows.map(({ payload }) => String(payload)),
  };
}

type Visitor = {
  readonly shop: string;
  readonly signal: AbortSignal;
  readonly headers: Readonly<Record<string, string>>;
};

/** Takes a basket, fills it, orders it, and gives the order's id, or nothing. */
async function order(visitor: Visitor, sku: string): Promise<string> {
  const basketId = idOf(await ask(visitor, 'POST', '/baskets'));
  await ask(visitor, 'POST', `/baskets/${basketId}/items`, JSON.stringify({ sku, quantity: 1 }));
  const email = PLANTED['an e-mail address'];
  const body = JSON.stringify({ basketId, email, card: 'tok_ok', note: PLANTED['a card number'] });
  return idOf(await ask(visitor, 'POST', '/orders', body));
}

async function ask({ shop, signal, headers }: Visitor, method: string, path: string, body?: string): Promise<unknown> {
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(shop + path, { method, signal, headers: { ...headers, ...type }, body: body ?? null });
  return response.json().catch(() => undefined);
}

function idOf(answer: unknown): string {
  return typeof answer === 'object' && answer !== null && 'id' in answer ? String(answer.id) : '';
}

async function inTens(count: number, work: () => Promise<unknown>): Promise<void> {
  for (let done = 0; done < count; done += 10) await Promise.all(Array.from({ length: 10 }, work));
}

async function areNotified(database: OpenPool, orders: readonly string[], signal: AbortSignal): Promise<boolean> {
  const sql = `
    select from unnest($1::text[]) as wanted (ordered)
    where exists (select from mails where kind = 'notice' and order_id = ordered)
      and exists (select from mails where kind = 'confirmation' and order_id = ordered)`;
  const isEnough = (rows: readonly unknown[]) => rows.length >= orders.length;
  return isEnough(await waitForRows(database, { sql, values: [orders], isEnough, deadlineMs: 10_000, signal }));
}

/** An id whose every part speaks for being left out (`f`) or kept (`0`), however a sampler reads a ratio from it. */
function traceId(part: string, n: number): string {
  return `${'0'.repeat(16)}${part.repeat(8)}${n.toString(16).padStart(8, '0')}`;
}

function traced(id: string, flags: string): Readonly<Record<string, string>> {
  return { traceparent: `00-${id}-00000000000000aa-${flags}` };
}

const CUSTOMERS = [
  'a customer whose trace is recorded',
  'a customer whose trace is recorded',
  'a customer whose trace is not recorded',
];

const MAIL = encodeURIComponent(PLANTED['an e-mail address']);

const CARELESS = {
  'user-agent': `Purl/2019 (${PLANTED['an e-mail address']})`,
  baggage: `session=${PLANTED['a card token']},customer=${MAIL}`,
};

const QUERY = `card=4111+1111+1111+1111&mail=${MAIL}&token=${PLANTED['a card token']}`;

/** So many that with half of them kept, fewer than 8 or more than 52 come once in a thousand million runs. */
const STRANGERS = 60;

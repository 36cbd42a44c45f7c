import { client, descendant, exactly, oneOrMore, type SpanShape, same, server, trace, traces } from 'trace-shapes';
import { FRAMEWORK } from '../../workshop/check/lend-attributes.ts';
import { type Checkout, isPlaced, type StandardFacts } from '../../workshop/scenario/standard-scenario.ts';

const BY_THE_LIBRARY =
  "Nobody has to draw this span: the library does, once its instrumentation is given to the SDK. In tracing.ts: `new NodeSDK({ serviceName: 'shop', instrumentations: [new PgInstrumentation()] })`.";

const ofPg = {
  scope: '@opentelemetry/instrumentation-pg',
  service: 'shop',
  anchor: 'tracing.ts#new NodeSDK',
  hints: { 'missing-span': BY_THE_LIBRARY, 'wrong-scope': BY_THE_LIBRARY, 'lost-context': BY_THE_LIBRARY },
};

const query = (operation: string, text: RegExp) =>
  descendant(client(new RegExp(`^pg\\.query:${operation}\\b`), { ...ofPg, where: { 'db.query.text': text } }));

const waitForConnection = descendant(client('pg-pool.connect', ofPg));

/** What is written for an order after the customer has the answer; the last two by the callbacks of the audit. */
const WRITTEN_LATER = [
  query('INSERT', /into mails/),
  query('INSERT', /into loyalty_ledger/),
  query('INSERT', /into pick_list/),
  query('INSERT', /into audit_log/),
  query('UPDATE', /update audit_counters/),
];

/** What pricing asks for once for every kind of yarn: an N+1, told as it is. */
const ASKED_PER_ITEM = [
  query('SELECT', /from yarns where sku/),
  query('SELECT', /from prices where sku/),
  query('SELECT', /from discounts where sku/),
];

const orderWith = (children: readonly SpanShape[]) =>
  trace(
    server(
      'POST /orders',
      { service: 'shop', attributes: { 'purl.order.id': same('order') }, anchor: "shop/main.ts#app.post('/orders'" },
      ...children,
    ),
    { through: [{ scope: FRAMEWORK }] },
  );

/** One trace for every order that was placed, with what it asked, what it wrote, and its waits. */
export function queriesOfCheckouts({ checkouts }: StandardFacts) {
  const queries = [waitForConnection, query('SELECT', /from baskets/), ...WRITTEN_LATER].map(oneOrMore);
  return traces([exactly(checkouts.filter(isPlaced).length, orderWith(queries))]);
}

/** What is priced, paid or not, takes three queries for every kind of yarn, one after the other. */
export function staircases({ checkouts }: StandardFacts) {
  const bySize = Map.groupBy(
    checkouts.filter(({ kind }) => kind !== 'invalid'),
    ({ items }: Checkout) => items,
  );
  return traces(
    Array.from(bySize, ([items, carts]) =>
      exactly(carts.length, orderWith(ASKED_PER_ITEM.map((asked) => exactly(items, asked)))),
    ),
  );
}

import {
  client,
  descendant,
  exactly,
  oneOrMore,
  type SpanExpectation,
  type SpanShape,
  same,
  satisfies,
  server,
  trace,
  traces,
} from 'trace-shapes';
import type { StageRun } from '../../workshop/check/check.ts';
import { FRAMEWORK } from '../../workshop/check/lend-attributes.ts';
import { isPlaced } from '../../workshop/scenario/standard-scenario.ts';

const BY_THE_LIBRARY =
  "Nobody has to draw this span: the library does, once its instrumentation is given to the SDK. In tracing.ts: `new NodeSDK({ serviceName: 'shop', instrumentations: [new PgInstrumentation()] })`.";

const WITHOUT_WAITS =
  'Each query of a pool first takes a connection, and waits if there is none. `ignoreConnectSpans` leaves that out, and with it the context of whoever waits: take it out again.';

const ofPg = {
  scope: '@opentelemetry/instrumentation-pg',
  service: 'shop',
  anchor: 'tracing.ts#new NodeSDK',
  hints: { 'missing-span': BY_THE_LIBRARY, 'wrong-scope': BY_THE_LIBRARY, 'duplicate-span': BY_THE_LIBRARY },
} satisfies SpanExpectation;

/** A query by its operation and by words of its text, made in this file of the shop. */
const query = (operation: string, words: string, file: string) =>
  descendant(
    client(operationNamed(operation, words), {
      ...ofPg,
      where: { 'db.query.text': new RegExp(words) },
      anchor: `${file}#${words}`,
    }),
  );

/** The name goes on with the database, which has another one in each run. */
function operationNamed(operation: string, words: string) {
  return satisfies(`pg.query:${operation} … ${words} …`, (name) => String(name).startsWith(`pg.query:${operation} `));
}

/** Any query at all: asked for when none has come. */
const anyQuery = descendant(
  client(
    satisfies('pg.query:SELECT …', (name) => /^pg\.query:SELECT\b/.test(String(name))),
    ofPg,
  ),
);

const waitForConnection = descendant(
  client('pg-pool.connect', {
    scope: ofPg.scope,
    anchor: ofPg.anchor,
    hints: { ...ofPg.hints, 'missing-span': WITHOUT_WAITS },
  }),
);

const askedOnce = query('SELECT', 'from baskets', 'shop/checkout.ts');

/** What is written for an order after the customer has the answer; the last two by the callbacks of the audit. */
const writtenLater = (items: number) => [
  query('INSERT', 'into mails', 'shop/outbox.ts'),
  query('INSERT', 'into loyalty_ledger', 'shop/loyalty.ts'),
  exactly(items, query('INSERT', 'into pick_list', 'shop/main.ts')),
  query('INSERT', 'into audit_log', 'shop/audit.ts'),
  query('UPDATE', 'update audit_counters', 'shop/audit.ts'),
];

/** What pricing asks for once for every kind of yarn: an N+1, told as it is. */
const askedPerItem = ['from yarns where', 'from prices where', 'from discounts where'].map((words) =>
  query('SELECT', words, 'shop/checkout.ts'),
);

/** One trace for every order that was placed, with what it asked, what it wrote, and its waits. */
export function queriesOfCheckouts(run: StageRun) {
  const placed = run.facts.checkouts.filter(isPlaced);
  return checkoutsWith(run, placed, (items) => [oneOrMore(waitForConnection), askedOnce, ...writtenLater(items)]);
}

/** What is priced, paid or not, takes three queries for every kind of yarn, one after the other. */
export function staircases(run: StageRun) {
  const priced = run.facts.checkouts.filter(({ kind }) => kind !== 'invalid');
  return checkoutsWith(run, priced, (items) => askedPerItem.map((asked) => exactly(items, asked)));
}

type Checkouts = StageRun['facts']['checkouts'];

/** Where the library makes no spans, or none of some sort, that is the one thing to ask for. */
function checkoutsWith(run: StageRun, checkouts: Checkouts, queriesFor: (items: number) => readonly SpanShape[]) {
  const lacking = whatLacks(run);
  const bySize = Map.groupBy(checkouts, ({ items }) => items);
  return traces(
    lacking
      ? [exactly(run.facts.checkouts.filter(isPlaced).length, orderWith([lacking]))]
      : Array.from(bySize, ([items, carts]) => exactly(carts.length, orderWith(queriesFor(items)))),
  );
}

function whatLacks({ traces }: StageRun): SpanShape | undefined {
  const made = traces.flatMap(({ nodes }) => nodes.filter(({ span }) => span.scope.name === ofPg.scope));
  if (made.length === 0) return anyQuery;
  return made.some(({ span }) => span.name === 'pg-pool.connect') ? undefined : waitForConnection;
}

const orderWith = (children: readonly SpanShape[]) =>
  trace(
    server(
      'POST /orders',
      { service: 'shop', attributes: { 'purl.order.id': same('order') }, anchor: "shop/main.ts#app.post('/orders'" },
      ...children,
    ),
    { through: [{ scope: FRAMEWORK }] },
  );

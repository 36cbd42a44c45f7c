import { client, descendant, exactly, oneOrMore, same, server, trace, traces } from 'trace-shapes';
import { FRAMEWORK } from '../../workshop/check/lend-attributes.ts';
import { isPlaced, type StandardFacts } from '../../workshop/scenario/standard-scenario.ts';

/** The scope of the spans that pg's instrumentation makes. */
export const PG = '@opentelemetry/instrumentation-pg';

const anchor = 'tracing.ts#new NodeSDK';

const BY_THE_LIBRARY =
  'Nobody has to draw this span: `instrumentations: [new PgInstrumentation()]` in `new NodeSDK({ … })`, and the library does.';

const query = (operation: string, text: RegExp) =>
  descendant(
    client(new RegExp(`^pg\\.query:${operation}\\b`), {
      scope: PG,
      service: 'shop',
      where: { 'db.query.text': text },
      anchor,
      hints: { 'missing-span': BY_THE_LIBRARY, 'wrong-scope': BY_THE_LIBRARY },
    }),
  );

const connect = descendant(
  client('pg-pool.connect', {
    scope: PG,
    service: 'shop',
    anchor,
    hints: { 'missing-span': BY_THE_LIBRARY, 'wrong-scope': BY_THE_LIBRARY },
  }),
);

/** What pricing asks for once for every kind of yarn: an N+1, told as it is. */
const ASKED_PER_ITEM = [/from yarns where sku/, /from prices where sku/, /from discounts where sku/];

/** What is written for an order after the customer has the answer. */
const WRITTEN_LATER = [/into mails/, /into loyalty_ledger/, /into pick_list/, /into audit_log/];

const checkout = (items: number) =>
  trace(
    server(
      'POST /orders',
      { service: 'shop', attributes: { 'purl.order.id': same('order') }, anchor: "shop/main.ts#app.post('/orders'" },
      oneOrMore(connect),
      ...ASKED_PER_ITEM.map((text) => exactly(items, query('SELECT', text))),
      ...WRITTEN_LATER.map((text) => oneOrMore(query('INSERT', text))),
      query('UPDATE', /update audit_counters/),
    ),
    { through: [{ scope: FRAMEWORK }] },
  );

/** One trace for every order that was placed, with its queries by number. */
export function queriesOfCheckouts({ checkouts }: StandardFacts) {
  const placed = checkouts.filter(isPlaced);
  const sizes = [...new Set(placed.map(({ items }) => items))];
  return traces(sizes.map((size) => exactly(placed.filter(({ items }) => items === size).length, checkout(size))));
}

import {
  client,
  descendant,
  exactly,
  internal,
  oneOrMore,
  type SpanGroup,
  type SpanNode,
  type SpanShape,
  satisfies,
  sequential,
  server,
  trace,
  traces,
} from 'trace-shapes';
import type { StageRun } from '../../workshop/check/check.ts';
import { FRAMEWORK } from '../../workshop/check/lend-attributes.ts';
import { isPlaced } from '../../workshop/scenario/standard-scenario.ts';
import { isQueryOfTheShop, queryTextOf, tablesIn, whereAsked } from './queries.ts';

/** For three kinds of yarn just as many queries as for one: how many those are, and how they are put, is up to the shop. */
export function noStaircase(run: StageRun) {
  const shapes = Array.from(countsOfOneKind(run), ([sort, count]) => exactly(count, queryOf(run, sort)));
  return ordersWith(run, shapes.length > 0 ? shapes : [queryOf(run, 'prices')]);
}

/** How often queries of each sort are asked for one kind of yarn. */
function countsOfOneKind({ traces, facts }: StageRun): ReadonlyMap<string, number> {
  const ofOneKind = facts.checkouts.flatMap(({ items, orderId }) => (items === 1 && orderId ? orderId : []));
  const asked = traces
    .filter(({ nodes }) => nodes.some(({ span }) => ofOneKind.includes(String(span.attributes['purl.order.id']))))
    .map(({ nodes }) => Map.groupBy(nodes.filter(isQueryOfTheShop), sortOf));
  const sorts = new Set(asked.flatMap((groups) => [...groups.keys()]).filter((sort) => sort !== ''));
  return new Map(
    Array.from(sorts, (sort) => [sort, Math.min(...asked.map((groups) => groups.get(sort)?.length ?? 0))]),
  );
}

/** Queries are of one sort when they name the same of the tables that have rows for every kind of yarn. */
function sortOf(node: SpanNode): string {
  return sortOfText(queryTextOf(node));
}

function sortOfText(text: string): string {
  return tablesIn(text, PER_ITEM).join(', ');
}

function queryOf(run: StageRun, sort: string): SpanShape {
  return queryThat(run, sort, (text) => sortOfText(text) === sort, { 'wrong-count': AT_ONCE });
}

/** Each order that is placed has three parts, one after the other, and what is done for a part is below its span. */
export function partsOfOrders(run: StageRun) {
  const charge = client('POST', { where: { 'url.full': /\/charges$/ }, anchor: 'shop/checkout.ts#---- 3.' });
  return ordersWith(run, [
    sequential(
      part('price basket', '---- 2.', anyQueryOf(run, 'prices')),
      part('charge card', '---- 3.', descendant(oneOrMore(charge))),
      part('place order', '---- 4.', anyQueryOf(run, 'order_items'), part('reserve stock', '---- 4.')),
    ),
  ]);
}

function part(name: string, heading: string, ...work: readonly SpanShape[]): SpanShape {
  const expectation = { service: 'shop', anchor: `shop/checkout.ts#${heading}`, hints: PART_HINTS[name] ?? {} };
  return descendant(internal(name, expectation, ...work));
}

function anyQueryOf(run: StageRun, table: string): SpanShape {
  const hints = { 'wrong-parent': NOT_BELOW, 'missing-span': NOT_BELOW };
  return oneOrMore(queryThat(run, table, (text) => tablesIn(text, [table]).length > 0, hints));
}

function queryThat(
  run: StageRun,
  what: string,
  isMeant: (text: string) => boolean,
  hints: Readonly<Record<string, string>>,
): SpanShape {
  return descendant(
    client(
      satisfies(`pg.query:… ${what} …`, (name) => String(name).startsWith('pg.query:')),
      {
        service: 'shop',
        where: { 'db.query.text': satisfies(`a query of ${what}`, (text) => isMeant(String(text))) },
        anchor: whereAsked(run, isMeant),
        hints,
      },
    ),
  );
}

function ordersWith({ facts }: StageRun, children: readonly (SpanShape | SpanGroup)[]) {
  const request = {
    service: 'shop',
    where: { 'http.response.status_code': 201 },
    anchor: "shop/main.ts#app.post('/orders'",
  };
  const order = trace(server('POST /orders', request, ...children), {
    through: [{ scope: FRAMEWORK }],
  });
  return traces([exactly(facts.checkouts.filter(isPlaced).length, order)]);
}

/** The tables that have rows for every kind of yarn in a basket. */
const PER_ITEM = ['yarns', 'prices', 'discounts', 'order_items'];

const AT_ONCE =
  'An N+1: once for every kind of yarn. Ask for all of them in one query: `where sku = any($1)`, with a list for `$1`. Many rows are written at once by `insert … select … from unnest(…)`.';

const NOT_BELOW =
  'The span is there, and its work is not below it: nothing runs in it. `startActiveSpan(name, async (span) => { … })`, with the work awaited within.';

const PART_HINTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'price basket': {
    'missing-span':
      "The pricing has lost its span on the way. In its new place: `tracer.startActiveSpan('price basket', async (span) => { … })`, and `span.end()` in a `finally`.",
  },
  'place order': {
    'missing-span':
      "The transaction is a part as well: `tracer.startActiveSpan('place order', async (span) => { … })` round all of it, from `db.connect()` to `client.release()`.",
  },
};

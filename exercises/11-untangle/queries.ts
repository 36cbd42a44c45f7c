import type { SpanNode } from 'trace-shapes';
import type { StageRun } from '../../workshop/check/check.ts';

/** Whether the shop asked the database this; a wait for a connection is no question. */
export function isQueryOfTheShop({ span }: SpanNode): boolean {
  return span.service === 'shop' && span.attributes['db.query.text'] !== undefined;
}

/** The text of a query, as it was sent. */
export function queryTextOf({ span }: SpanNode): string {
  return String(span.attributes['db.query.text'] ?? '');
}

/** Those of the tables that the text of a query names, in the order given. */
export function tablesIn(text: string, tables: readonly string[]): readonly string[] {
  return tables.filter((table) => new RegExp(`\\b${table}\\b`, 'i').test(text));
}

/** The place in the bench's shop where a checkout asks a query like this, as an anchor: by the first line of its text. */
export function whereAsked({ traces, bench }: StageRun, isLikeThis: (text: string) => boolean): string {
  const ofCheckouts = traces.filter(({ roots }) => roots.some(({ span }) => span.name === 'POST /orders'));
  const asked = ofCheckouts.flatMap(({ nodes }) => nodes.filter(isQueryOfTheShop).map(queryTextOf)).find(isLikeThis);
  const words = asked?.trim().split('\n')[0]?.trim();
  const files = [...bench.keys()].filter((path) => path.startsWith('shop/') && !OTHERS.includes(path));
  const file = files.find((path) => words && bench.get(path)?.toString('utf8').includes(words));
  return file ? `${file}#${words}` : `${CHECKOUT}#---- 2.`;
}

const CHECKOUT = 'shop/checkout.ts';

/** What else there is in the shop asks much the same. */
const OTHERS = ['shop/baskets.ts', 'shop/catalogue.ts', 'shop/orders.ts', 'shop/report.ts', 'shop/main.ts'];

import { client, descendant, exactly, oneOrMore, same, server, trace, traces } from 'trace-shapes';
import type { StageRun } from '../../workshop/check/check.ts';
import { FRAMEWORK } from '../../workshop/check/lend-attributes.ts';
import { isPlaced } from '../../workshop/scenario/standard-scenario.ts';

/** What explains a checkout is still there: whoever throws away too much finds nothing any more. */
export function stillExplained({ facts }: StageRun) {
  const order = server(
    'POST /orders',
    {
      service: 'shop',
      where: { 'http.response.status_code': 201 },
      attributes: { 'http.route': '/orders', 'url.path': '/orders', 'purl.order.id': same('order') },
      anchor: "shop/checkout.ts#'purl.order.id'",
      hints: { 'missing-attribute': TOO_MUCH },
    },
    descendant(
      oneOrMore(
        client(/^pg\.query:INSERT/, {
          service: 'shop',
          where: { 'db.query.text': /insert into orders/ },
          anchor: 'tracing.ts#PgInstrumentation(',
          hints: { 'missing-span': TOO_MUCH },
        }),
      ),
    ),
  );
  return traces([exactly(facts.checkouts.filter(isPlaced).length, trace(order, { through: [{ scope: FRAMEWORK }] }))]);
}

const TOO_MUCH =
  'Redact what a secret looks like, and leave the rest: ids that mean something only here, routes, the text of queries are what a trace is kept for.';

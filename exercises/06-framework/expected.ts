import { client, descendant, exactly, oneOrMore, server, trace, traces } from 'trace-shapes';
import { FRAMEWORK } from '../../workshop/check/lend-attributes.ts';
import type { StandardFacts } from '../../workshop/scenario/standard-scenario.ts';

/** The scope of the spans that the instrumentation of http makes. */
export const HTTP = '@opentelemetry/instrumentation-http';

const through = [{ scope: FRAMEWORK }];

/** A look at a yarn: two services, each named by its route. */
const lookAtYarn = trace(
  server(
    'GET /yarns/:slug',
    { service: 'shop', scope: HTTP, anchor: "shop/main.ts#app.get('/yarns/:slug'" },
    descendant(
      client(
        'GET',
        { service: 'shop', scope: HTTP, anchor: 'lib/http-client.ts#await send' },
        server('GET /stock/:sku', {
          service: 'warehouse',
          scope: HTTP,
          anchor: "warehouse/main.ts#app.get('/stock/:sku'",
        }),
      ),
    ),
  ),
  { through },
);

const checkout = trace(
  server('POST /orders', { service: 'shop', scope: HTTP, anchor: "shop/main.ts#app.post('/orders'" }),
  { through },
);

const fillBasket = trace(
  server('POST /baskets/:id/items', {
    service: 'shop',
    scope: HTTP,
    anchor: "shop/main.ts#app.post('/baskets/:id/items'",
  }),
  { through },
);

/** Every route by its name, each once; nothing of a health check. */
export function routes({ checkouts }: StandardFacts) {
  return traces([lookAtYarn, exactly(checkouts.length, checkout), oneOrMore(fillBasket)]);
}

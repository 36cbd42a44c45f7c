import { exactly, server, trace, traces } from 'trace-shapes';
import type { StandardFacts } from '../../workshop/scenario/standard-scenario.ts';

const checkout = (lastsAtLeastMs: number) =>
  trace(
    server('POST /orders', {
      service: 'shop',
      lastsAtLeastMs,
      anchor: "shop/main.ts#app.post('/orders'",
    }),
  );

/** The card gateway alone takes 140 ms; a card that is declined takes 60 ms, an order that is none hardly any time. */
export function oneSpanEach({ checkouts }: StandardFacts) {
  const count = (...kinds: readonly string[]) => checkouts.filter(({ kind }) => kinds.includes(kind)).length;
  return traces([
    exactly(count('approved', 'retried', 'broken'), checkout(100)),
    exactly(count('declined', 'invalid'), checkout(0)),
  ]);
}

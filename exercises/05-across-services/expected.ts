import { anyInteger, client, descendant, exactly, never, same, server, trace, traces } from 'trace-shapes';
import { FRAMEWORK } from '../../workshop/check/lend-attributes.ts';
import { isPlaced, type StandardFacts } from '../../workshop/scenario/standard-scenario.ts';

/** A call as both sides see it: the CLIENT span of one try, and below it the SERVER span of the other service. */
const call = (path: string, service: string, status: number, resent = false) =>
  descendant(
    client(
      'POST',
      {
        service: 'shop',
        where: { 'url.full': new RegExp(`${path}$`) },
        status: status >= 400 ? 'error' : 'unset',
        attributes: {
          'http.request.method': 'POST',
          'server.address': '127.0.0.1',
          'server.port': anyInteger,
          'http.response.status_code': status,
          ...(resent && { 'http.request.resend_count': 1 }),
        },
        anchor: 'lib/http-client.ts#await send',
      },
      server(`POST ${path}`, {
        service,
        status: status >= 500 ? 'error' : 'unset',
        attributes: {
          'http.request.method': 'POST',
          'http.route': path,
          'http.response.status_code': status,
          'purl.order.id': same('order'),
        },
        anchor: `${service}/main.ts#app.post('${path}'`,
      }),
    ),
  );

const charged = [call('/charges', 'payments', 200)];
const chargedAtSecondTry = [call('/charges', 'payments', 503), call('/charges', 'payments', 200, true)];

const checkout = (charges: readonly ReturnType<typeof call>[], isReserved: boolean) =>
  trace(
    server(
      'POST /orders',
      { service: 'shop', attributes: { 'purl.order.id': same('order') }, anchor: "shop/main.ts#app.post('/orders'" },
      ...charges,
      ...(isReserved ? [call('/reservations', 'warehouse', 201)] : [never(call('/reservations', 'warehouse', 201))]),
    ),
    { through: [{ scope: FRAMEWORK }] },
  );

/** One trace over all services for every order; one that ends at its card, or breaks, never gets to the warehouse. */
export function callsOfCheckouts({ checkouts }: StandardFacts) {
  const retried = checkouts.filter(({ kind }) => kind === 'retried').length;
  const placed = checkouts.filter(isPlaced).length - retried;
  const unfinished = checkouts.filter(({ kind }) => kind === 'declined' || kind === 'broken').length;
  return traces([
    exactly(placed, checkout(charged, true)),
    exactly(retried, checkout(chargedAtSecondTry, true)),
    exactly(unfinished, checkout(charged, false)),
  ]);
}

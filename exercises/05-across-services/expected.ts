import {
  anyInteger,
  client,
  descendant,
  exactly,
  traces as expect,
  never,
  oneOf,
  type PredicateInput,
  type SpanNode,
  type SpanShape,
  same,
  server,
  trace,
} from 'trace-shapes';
import type { StageRun } from '../../workshop/check/check.ts';
import { FRAMEWORK } from '../../workshop/check/lend-attributes.ts';
import { isPlaced } from '../../workshop/scenario/standard-scenario.ts';

/** Who makes the spans of a call, and whether a second try says that it is one. */
type Maker = {
  readonly scope?: PredicateInput;
  readonly countsResends: boolean;
  readonly hints?: Readonly<Record<string, string>>;
};

const BY_HAND: Maker = { countsResends: true };

type Try = { readonly status: number; readonly isResent?: boolean };

/** A call as both sides see it: the CLIENT span of one try, and below it the SERVER span of the other service. */
function callOf(path: string, service: string, maker: Maker, received: string) {
  const by = maker.scope === undefined ? {} : { scope: maker.scope };
  const request = { 'http.request.method': 'POST' };
  return ({ status, isResent = false }: Try): SpanShape =>
    descendant(
      client(
        'POST',
        {
          ...by,
          service: 'shop',
          status: status >= 400 ? 'error' : 'unset',
          where: { 'url.full': new RegExp(`${path}$`) },
          attributes: {
            ...request,
            'server.address': '127.0.0.1',
            'server.port': anyInteger,
            'http.response.status_code': status,
            ...(isResent && maker.countsResends && { 'http.request.resend_count': 1 }),
          },
          anchor: 'lib/http-client.ts#send(method, url, body',
          hints: maker.hints ?? SENT,
        },
        server(`POST ${path}`, {
          ...by,
          service,
          status: status >= 500 ? 'error' : 'unset',
          attributes: {
            ...request,
            'http.route': path,
            'http.response.status_code': status,
            'purl.order.id': same('order'),
          },
          anchor: `${service}/main.ts#app.post('${path}'`,
          hints: maker.hints ?? { ...RECEIVED, 'lost-context': received },
        }),
      ),
    );
}

/** One trace over all services for every order; one that ends at its card, or breaks, never gets to the warehouse. */
export function callsOfCheckouts({ facts: { checkouts }, traces, wire }: StageRun, maker: Maker = BY_HAND) {
  const order = orderOf(maker);
  const placed = checkouts.filter(isPlaced);
  if (!traces.some(({ nodes }) => nodes.some(isTry)))
    return expect([exactly(placed.length, order(idsOf(placed), ANY_TRY))]);
  const received = wire.some(({ headers }) => headers.traceparent !== undefined) ? NOT_EXTRACTED : NOT_INJECTED;
  const charge = callOf('/charges', 'payments', maker, received);
  const reserve = callOf('/reservations', 'warehouse', maker, received);
  const [approved, reserved] = [charge({ status: 200 }), reserve({ status: 201 })];
  const retried = checkouts.filter(({ kind }) => kind === 'retried');
  const straight = placed.filter((checkout) => !retried.includes(checkout));
  const unfinished = checkouts.filter(({ kind }) => kind === 'declined' || kind === 'broken');
  return expect([
    exactly(straight.length, order(idsOf(straight), approved, reserved)),
    exactly(
      retried.length,
      order(idsOf(retried), charge({ status: 200, isResent: true }), reserved, charge({ status: 503 })),
    ),
    exactly(unfinished.length, order(UNFINISHED, approved, never(reserved))),
  ]);
}

/** The orders that were placed, and so went to payments. */
export function chargedOrders({ checkouts }: StageRun['facts']): readonly string[] {
  return checkouts.filter(isPlaced).flatMap(({ orderId }) => orderId ?? []);
}

type Told = Readonly<Record<string, PredicateInput>>;

/** What tells these orders from others. */
function idsOf(checkouts: StageRun['facts']['checkouts']): Told {
  const orders = checkouts.flatMap(({ orderId }) => orderId ?? []);
  return { 'http.response.status_code': 201, 'purl.order.id': same('order', oneOf(...orders)) };
}

const UNFINISHED: Told = { 'http.response.status_code': oneOf(402, 500), 'purl.order.id': same('order') };

function orderOf({ scope, hints }: Maker) {
  const by = { ...(scope !== undefined && { scope }), ...(hints && { hints }) };
  const request = { ...by, service: 'shop', anchor: "shop/main.ts#app.post('/orders'" };
  return (where: Told, ...calls: readonly SpanShape[]) =>
    trace(server('POST /orders', { ...request, where }, ...calls), { through: [{ scope: FRAMEWORK }] });
}

/** While nothing that leaves the shop is drawn, any try at all is the one thing to ask for. */
const ANY_TRY = descendant(
  client('POST', {
    service: 'shop',
    where: { 'url.full': /\/charges$/ },
    anchor: 'lib/http-client.ts#send(method, url, body',
    hints: {
      'missing-span':
        'Every try that `call` makes needs a CLIENT span of its own, named by its method, with the address in `url.full`: start it round `send`, within the loop.',
    },
  }),
);

function isTry({ span }: SpanNode): boolean {
  return (
    span.service === 'shop' &&
    (span.kind === 'client' || /^POST$/.test(span.name)) &&
    span.attributes['url.full'] !== undefined
  );
}

const SENT = {
  'missing-span':
    'Every try that `call` makes needs a CLIENT span of its own, named by its method: start it round `send`, within the loop.',
  'wrong-count':
    'Every try that `call` makes needs a CLIENT span of its own: start it within the loop, round `send`, and not round the loop.',
  'wrong-status':
    'A client that is answered with 400 or more did not get what it asked for: `span.setStatus({ code: SpanStatusCode.ERROR })`.',
};

const RECEIVED = {
  'missing-span':
    'The service loads no SDK, or starts no span for the request. Load tracing.ts in its line of the Procfile too, under its own OTEL_SERVICE_NAME, and start a SERVER span for every request but the health check.',
  'wrong-service':
    'All three load the same tracing.ts. Leave `serviceName` out there and say it in the Procfile: `payments: OTEL_SERVICE_NAME=payments node --import ./tracing.ts payments/main.ts`.',
  'missing-attribute':
    "What the caller put in its baggage is in the context that you extracted: `propagation.getBaggage(extracted)?.getEntry('purl.order.id')?.value`. Put it on the span.",
};

const NOT_INJECTED =
  'Nothing tells the other service whose request it is: no request to payments carried a `traceparent`. Before sending, `propagation.inject(contextWithTheSpan, headers)` writes it into the headers.';

const NOT_EXTRACTED =
  'The request carried a `traceparent`, and nobody read it. `propagation.extract(context.active(), req.headers)` gives a context: start the SERVER span in it, as the third argument of `startSpan`.';

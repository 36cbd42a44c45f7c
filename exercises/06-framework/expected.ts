import { client, descendant, exactly, never, oneOrMore, server, trace, traces } from 'trace-shapes';
import type { StageRun } from '../../workshop/check/check.ts';
import { HTTP } from '../../workshop/check/find-uninstrumented.ts';
import { FRAMEWORK } from '../../workshop/check/lend-attributes.ts';
import { callsOfCheckouts } from '../05-across-services/expected.ts';

const BY_THE_LIBRARY =
  'The instrumentation of http makes this span, and that of express its name. Give both to the SDK, in all three services, and delete what was drawn by hand.';

const hints = {
  'missing-span': BY_THE_LIBRARY,
  'wrong-scope': BY_THE_LIBRARY,
  'wrong-name':
    'http makes the span, and only express knows the route: give `new ExpressInstrumentation()` to the SDK too.',
  'duplicate-span':
    'The library makes this span now. Delete the one that is drawn by hand; if there is none, the library is patched twice: import `request` from `node:http` by its name.',
  'missing-attribute':
    'What came in the baggage is in the active context when the library has started its span: `requestHook: (span) => { … propagation.getActiveBaggage() … }` of `HttpInstrumentation`, or `trace.getActiveSpan()` in the handler.',
};

const ofHttp = { scope: HTTP, hints };

/** A look at a yarn: two services, each named by its route, though nobody ever drew a span for either. */
const lookAtYarn = server(
  'GET /yarns/:slug',
  { ...ofHttp, service: 'shop', anchor: "shop/main.ts#app.get('/yarns/:slug'" },
  descendant(
    client(
      'GET',
      { ...ofHttp, service: 'shop', anchor: 'lib/http-client.ts#send(method, url, body' },
      server('GET /stock/:sku', {
        ...ofHttp,
        service: 'warehouse',
        anchor: "warehouse/main.ts#app.get('/stock/:sku'",
      }),
    ),
  ),
);

const checkout = server('POST /orders', { ...ofHttp, service: 'shop', anchor: "shop/main.ts#app.post('/orders'" });

const fillBasket = server('POST /baskets/:id/items', {
  ...ofHttp,
  service: 'shop',
  anchor: "shop/main.ts#app.post('/baskets/:id/items'",
});

const askForHealth = server(/^GET( \/healthz)?$/, {
  where: { 'url.path': '/healthz' },
  anchor: 'tracing.ts#HttpInstrumentation(',
  hints: {
    'unexpected-span':
      'Somebody asks every few seconds whether the service is alive, and nobody will ever read the answer in a trace. `new HttpInstrumentation({ ignoreIncomingRequestHook: (request) => … })` leaves such requests out.',
  },
});

const through = [{ scope: FRAMEWORK }];

/** While the library makes no spans at all, a request that nobody drew by hand is the one thing to ask for. */
const JUST_THE_YARN = traces([trace(lookAtYarn, { through })]);

function isByLibrary({ traces }: StageRun): boolean {
  return traces.some(({ nodes }) => nodes.some(({ span }) => span.scope.name === HTTP));
}

/** Every route by its name, each once, and nothing of a health check. */
export function routes(run: StageRun) {
  if (!isByLibrary(run)) return JUST_THE_YARN;
  const { checkouts } = run.facts;
  return traces([
    trace(lookAtYarn, { through }),
    exactly(checkouts.length, trace(checkout, { through })),
    oneOrMore(trace(fillBasket, { through })),
    never(trace(askForHealth, { through })),
  ]);
}

/** The calls of stage 05, made by the library; it sees each try, and cannot know which is a second one. */
export function callsByLibrary(run: StageRun) {
  if (!isByLibrary(run)) return JUST_THE_YARN;
  return callsOfCheckouts(run, { scope: HTTP, countsResends: false, hints });
}

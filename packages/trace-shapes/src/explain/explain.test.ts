import { expect, test } from 'vitest';
import { SHAPE_CODES } from '../match/fact.ts';
import { server, trace } from '../shape/build.ts';
import { absent } from '../shape/predicate.ts';
import { MISTAKES } from '../testing/mistakes.ts';
import { sketchTraces } from '../testing/sketch-traces.ts';
import { request } from '../testing/spans.ts';
import { judge } from './explain.ts';
import { isSensitive } from './is-sensitive.ts';

/** What a reader sees of the findings. */
function say(code: keyof typeof MISTAKES): string {
  const { expected, received } = MISTAKES[code];
  return judge(expected, received)
    .findings.map(
      (finding) => `${finding.code}: ${finding.message}\n${finding.hint}\n${finding.expected} | ${finding.actual}`,
    )
    .join('\n\n');
}

test.for(SHAPE_CODES)('finds %s alone in a known mistake', (code) => {
  const { expected, received } = MISTAKES[code];
  expect(judge(expected, received).findings.map((finding) => finding.code)).toEqual([code]);
});

test('explains no-spans', () => {
  expect(say('no-spans')).toMatchInlineSnapshot(`
    "no-spans: No spans arrived at all.
    Is the SDK loaded before the app, started, and sending to this receiver? \`OTEL_LOG_LEVEL=debug\` makes it say what it does.
    at least one span | nothing"
  `);
});

test('explains orphan-span', () => {
  expect(say('orphan-span')).toMatchInlineSnapshot(`
    "orphan-span: \`charge card\` never came: \`POST\` names a parent that was not exported.
    A span that is never ended is never exported. Call \`end()\` on every way out, best in a \`finally\`.
    \`charge card\` | not exported"
  `);
});

test('explains mixed-requests', () => {
  expect(say('mixed-requests')).toMatchInlineSnapshot(`
    "mixed-requests: \`charge card\` belongs below \`POST /orders\` of trace 000002, but is in trace 000001, below \`POST /orders\`: another request's.
    It ran in the context of whichever request started the work. Keep \`context.active()\` with each item when it is queued, and run the item by \`context.with(saved, …)\`.
    below \`POST /orders\` of its own request | below \`POST /orders\` of another request"
  `);
});

test('explains lost-context', () => {
  expect(say('lost-context')).toMatchInlineSnapshot(`
    "lost-context: \`charge card\` is in a trace of its own, expected below \`POST /orders\`.
    It began outside of any request, in no context. Keep \`context.active()\` where the work is handed over, and run the work by \`context.with(saved, …)\`.
    below \`POST /orders\` | in a trace of its own"
  `);
});

test('explains wrong-parent', () => {
  expect(say('wrong-parent')).toMatchInlineSnapshot(`
    "wrong-parent: \`charge card\` is a child of \`price basket\`, expected below \`POST /orders\`.
    A span's parent is the span that is active when it starts. Start it in the callback of \`startActiveSpan\` that made \`POST /orders\`, or pass \`trace.setSpan(context.active(), parent)\` as its context.
    a child of \`POST /orders\` | a child of \`price basket\`"
  `);
});

test('explains duplicate-span', () => {
  expect(say('duplicate-span')).toMatchInlineSnapshot(`
    "duplicate-span: \`POST\` is there twice: the span around it stands for the same work.
    One was made by \`http\`, the other by \`test\`. Keep the one that comes for free.
    1 | 2 for the same work"
  `);
});

test('explains wrong-count', () => {
  expect(say('wrong-count')).toMatchInlineSnapshot(`
    "wrong-count: 6 × \`price basket\` below \`POST /orders\`, expected 1: the same work again and again, an N+1.
    The same work runs once for every row of an earlier result. Do it for all rows at once.
    1 | 6"
  `);
});

test('explains missing-span', () => {
  expect(say('missing-span')).toMatchInlineSnapshot(`
    "missing-span: \`charge card\` is missing below \`POST /orders\`.
    No INTERNAL span of that name arrived. Start it where the work begins, with just this name, and end it where the work ends.
    \`charge card\` below \`POST /orders\` | nothing"
  `);
});

test('explains unexpected-span', () => {
  expect(say('unexpected-span')).toMatchInlineSnapshot(`
    "unexpected-span: \`debug dump\` should not be there, below \`POST /orders\`.
    Remove what makes it, or start it where the span that it belongs to is active.
    no such span | \`debug dump\`"
  `);
});

test('explains ended-too-early', () => {
  expect(say('ended-too-early')).toMatchInlineSnapshot(`
    "ended-too-early: \`GET /\` lasted 100 ms, but the work that it stands for takes at least 250 ms.
    It ended before the work did: \`await\` the work before \`span.end()\`, in a \`finally\`.
    at least 250 ms | 100 ms"
  `);
});

test('explains wrong-name', () => {
  expect(say('wrong-name')).toMatchInlineSnapshot(`
    "wrong-name: A span is named \`price_baskets\`, expected \`price basket\`: 2 characters to change.
    Names are compared to the letter: use just this one.
    \`price basket\` | \`price_baskets\`"
  `);
});

test('explains high-cardinality-name', () => {
  expect(say('high-cardinality-name')).toMatchInlineSnapshot(`
    "high-cardinality-name: A span is named \`POST /orders/P-10001\`, expected \`POST /orders\`.
    A name that holds an id is different for every request, so that nothing can be grouped by it. Put the id in an attribute.
    \`POST /orders\` | \`POST /orders/P-10001\`"
  `);
});

test('explains wrong-kind', () => {
  expect(say('wrong-kind')).toMatchInlineSnapshot(`
    "wrong-kind: \`POST /orders\` is of kind \`INTERNAL\`, expected \`SERVER\`.
    A request that comes in is \`{ kind: SpanKind.SERVER }\`; without a kind a span is INTERNAL.
    \`SERVER\` | \`INTERNAL\`"
  `);
});

test('explains wrong-service', () => {
  expect(say('wrong-service')).toMatchInlineSnapshot(`
    "wrong-service: \`POST /orders\` comes from service "unknown_service:node", expected "shop".
    The service is \`service.name\` of the resource: set \`OTEL_SERVICE_NAME\`, or \`serviceName\` of the SDK, one for each process.
    "shop" | "unknown_service:node""
  `);
});

test('explains wrong-scope', () => {
  expect(say('wrong-scope')).toMatchInlineSnapshot(`
    "wrong-scope: \`GET /\` was made by "shop", expected "@opentelemetry/instrumentation-http".
    It was made by hand where the library should make it: remove the one by hand, and load the instrumentation before the library.
    "@opentelemetry/instrumentation-http" | "shop""
  `);
});

test('explains missing-attribute', () => {
  expect(say('missing-attribute')).toMatchInlineSnapshot(`
    "missing-attribute: \`GET /\` lacks the attribute \`http.response.status_code\`, expected a whole number.
    Set it with \`span.setAttribute('http.response.status_code', …)\` before the span ends.
    a whole number | nothing"
  `);
});

test('explains wrong-attribute', () => {
  expect(say('wrong-attribute')).toMatchInlineSnapshot(`
    "wrong-attribute: \`GET /\` has \`http.response.status_code\` "201", expected 201.
    Mind the type: a number is not a string of digits, nor \`true\` the string "true".
    201 | "201""
  `);
});

test('explains misplaced-attribute', () => {
  expect(say('misplaced-attribute')).toMatchInlineSnapshot(`
    "misplaced-attribute: \`order.id\` is on \`work\`, expected on \`GET /\`.
    Set it on the span that the value is about; \`trace.getActiveSpan()\` may be another one than you think.
    on \`GET /\` | on \`work\`"
  `);
});

test('explains deprecated-attribute', () => {
  expect(say('deprecated-attribute')).toMatchInlineSnapshot(`
    "deprecated-attribute: \`GET /\` has \`http.status_code\`, which is now called \`http.response.status_code\`.
    The semantic conventions renamed it. Older tutorials still show the old name.
    \`http.response.status_code\` | \`http.status_code\`"
  `);
});

test('explains forbidden-attribute', () => {
  expect(say('forbidden-attribute')).toMatchInlineSnapshot(`
    "forbidden-attribute: \`GET /\` carries \`card.number\`, which must not leave the process.
    Secrets and personal data do not belong on spans: everyone who can see traces can read them. Remove it, or redact it before export.
    no \`card.number\` | there"
  `);
});

test('explains a forbidden attribute that is no secret by its value', () => {
  const attributes = { 'error.type': '402' };
  const verdict = judge(
    trace(server('GET /', { attributes: { 'error.type': absent } })),
    sketchTraces({ ...request('GET /'), attributes }),
  );
  expect(verdict.findings.map(({ message, hint }) => `${message}\n${hint}`)).toMatchInlineSnapshot(`
    [
      "\`GET /\` has \`error.type\` "402", expected not to have it.
    Find what sets it, and set it only where it is so.",
    ]
  `);
});

test('tells secrets and personal data by the key', () => {
  const keys = ['card.number', 'user.email', 'http.request.header.authorization', 'accessToken', 'api_key', 'user.id'];
  expect(keys.filter((key) => !isSensitive(key))).toEqual([]);
  const harmless = [
    'error.type',
    'http.route',
    'db.query.text',
    'gen_ai.usage.input_tokens',
    'server.port',
    'keyboard',
  ];
  expect(harmless.filter(isSensitive)).toEqual([]);
});

test('explains wrong-status', () => {
  expect(say('wrong-status')).toMatchInlineSnapshot(`
    "wrong-status: \`GET /\` has status \`ERROR\`, expected \`UNSET\`.
    ERROR is for what the service failed to do. An outcome that the caller must expect (a 4xx, a declined card) leaves the status unset.
    \`UNSET\` | \`ERROR\`"
  `);
});

test('explains missing-event', () => {
  expect(say('missing-event')).toMatchInlineSnapshot(`
    "missing-event: \`GET /\` lacks the event "card declined"; it has "card charged".
    Add it with \`span.addEvent(…)\` before the span ends.
    "card declined" | "card charged""
  `);
});

test('explains missing-link', () => {
  expect(say('missing-link')).toMatchInlineSnapshot(`
    "missing-link: \`send receipt\` lacks a link to \`queue receipt\`: it has none.
    Keep the other span's \`spanContext()\` with the message, and give it when starting this one: \`{ links: [{ context }] }\`.
    a link to \`queue receipt\` | none"
  `);
});

test('explains wrong-order', () => {
  expect(say('wrong-order')).toMatchInlineSnapshot(`
    "wrong-order: \`charge card\` began 20 ms before \`price basket\` had ended, expected after it.
    They run side by side: the first is not awaited before the next begins.
    after \`price basket\` | side by side"
  `);
});

test('explains not-parallel', () => {
  expect(say('not-parallel')).toMatchInlineSnapshot(`
    "not-parallel: \`SELECT stock\` and \`SELECT prices\` took 85 ms together and the longest of them 50 ms: they do not run side by side.
    Each waits for the one before, or only some run at once, as with a pool that is too small. Start them all, then \`await Promise.all([…])\`.
    at most 62 ms together | 85 ms"
  `);
});

test('explains ended-too-late', () => {
  expect(say('ended-too-late')).toMatchInlineSnapshot(`
    "ended-too-late: \`charge card\` ended 50 ms after its parent \`POST /orders\` had.
    The parent does not wait for it: \`await\` the work inside the callback of the parent, or end this span as soon as its own work is done.
    within \`POST /orders\` | 50 ms longer"
  `);
});

test('explains silent-service', () => {
  expect(say('silent-service')).toMatchInlineSnapshot(`
    "silent-service: The service "warehouse" sent no span at all: \`POST /reservations\` is missing below \`POST\`. Spans came from "shop".
    In that process the SDK is not loaded, sends elsewhere, or was ended before it sent; or its \`OTEL_SERVICE_NAME\` is another. Each process needs an SDK of its own.
    spans from "warehouse" | spans from "shop" only"
  `);
});

test('explains partial-trace', () => {
  expect(say('partial-trace')).toMatchInlineSnapshot(`
    "partial-trace: \`POST /reservations\` is missing below \`POST\`: in this trace nothing came from "warehouse", in others it did.
    "warehouse" decides by itself which traces to keep. Let it follow the caller's decision: \`OTEL_TRACES_SAMPLER=parentbased_always_on\`. If it crashed or was killed in between, its last spans are lost.
    spans from "warehouse" in every trace | in some"
  `);
});

test('explains not-instrumented', () => {
  expect(say('not-instrumented')).toMatchInlineSnapshot(`
    "not-instrumented: \`POST /orders\` has only the method for a name, \`POST\`: no framework told it the route.
    The HTTP library is instrumented, the web framework is not: it was loaded before its hook, or its instrumentation is not registered. Start the SDK by \`--import\`, before anything else is imported.
    \`POST /orders\` | \`POST\`"
  `);
});

test('explains uncorrelated-log', () => {
  expect(say('uncorrelated-log')).toMatchInlineSnapshot(`
    "uncorrelated-log: The log "card declined" belongs to \`GET /\`, but names no trace.
    It was written where no span is active, or by a logger that knows nothing of spans: start the SDK before the logger is loaded, and write it in the span's callback.
    the ids of \`GET /\` | no trace"
  `);
});

test('explains missing-log', () => {
  expect(say('missing-log')).toMatchInlineSnapshot(`
    "missing-log: \`GET /\` lacks the log "card declined".
    Is the logger bridged to OpenTelemetry (its instrumentation, or an appender), with a log exporter that sends here?
    "card declined" | nothing"
  `);
});

test('explains unexpected-log', () => {
  expect(say('unexpected-log')).toMatchInlineSnapshot(`
    "unexpected-log: The log /\\d{16}/ was written by "shop", expected never: "charging card 4111111111111111".
    Remove the line that writes it, or what it must not say.
    no log /\\d{16}/ | "charging card 4111111111111111""
  `);
});

test('explains missing-metric', () => {
  expect(say('missing-metric')).toMatchInlineSnapshot(`
    "missing-metric: No metric \`orders.placed\` came; there are \`http.server.request.duration\`.
    Metrics are sent at an interval and when the SDK is shut down: end the process by SIGTERM, or read \`OTEL_METRIC_EXPORT_INTERVAL\`. An instrument that recorded nothing sends nothing.
    \`orders.placed\` | \`http.server.request.duration\`"
  `);
});

test('explains wrong-metric', () => {
  expect(say('wrong-metric')).toMatchInlineSnapshot(`
    "wrong-metric: \`orders.placed\` is in no unit, expected "{order}".
    Give \`{ unit }\` when the instrument is made: \`s\`, \`By\`, or a thing counted, such as \`{order}\`. Durations are in seconds.
    "{order}" | no unit"
  `);
});

test('explains high-cardinality-metric', () => {
  expect(say('high-cardinality-metric')).toMatchInlineSnapshot(`
    "high-cardinality-metric: \`orders.placed\` has 2 series: \`order.id\` is "P-10001" in one.
    Each combination of attributes is a series that is kept for good. Leave out what differs from request to request: that belongs on the span.
    few series, at most 100, and no ids | \`order.id\` "P-10001""
  `);
});

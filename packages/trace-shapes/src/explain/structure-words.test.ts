import { expect, test } from 'vitest';
import { client, exactly, internal, server, trace } from '../shape/build.ts';
import { say } from '../testing/say.ts';
import { sketchTraces } from '../testing/sketch-traces.ts';
import { call, request, work } from '../testing/spans.ts';

test('says of a context that is lost between services that it did not cross over', () => {
  const shape = trace(server('POST /orders', client('POST', server('POST /reservations'))));
  const there = { ...request('POST /reservations'), service: 'warehouse' };
  expect(say(shape, sketchTraces(request('POST /orders', call('POST')), there))).toMatchInlineSnapshot(`
    "lost-context: \`POST /reservations\` is in a trace of its own, expected below \`POST\`.
    The context did not cross over: \`propagation.inject(context.active(), headers)\` where the call goes out, \`propagation.extract(…)\` where it comes in, and both with the same propagator (\`traceparent\`). A proxy or a list of allowed headers may drop it.
    below \`POST\` | in a trace of its own"
  `);
});

test('names the statement of an N+1, and does not call different statements one', () => {
  const query = (text: string) => ({ ...call('SELECT'), attributes: { 'db.query.text': text } });
  const shape = trace(server('GET /yarns', client('SELECT')));
  const run = (statement: (i: number) => string) =>
    say(shape, sketchTraces(request('GET /yarns', ...Array.from({ length: 8 }, (_, i) => query(statement(i))))));
  expect(run((i) => `SELECT stock FROM yarns WHERE id = ${i}`)).toMatchInlineSnapshot(`
    "wrong-count: 8 × \`SELECT\` below \`GET /yarns\`, expected 1: the same statement \`SELECT stock FROM yarns WHERE id = ?\` again and again, an N+1.
    The same work runs once for every row of an earlier result. Do it for all rows at once.
    1 | 8"
  `);
  expect(run((i) => `SELECT ${'abcdefgh'[i]} FROM yarns`)).toMatchInlineSnapshot(`
    "wrong-count: 8 × \`SELECT\` below \`GET /yarns\`, expected 1.
    Something makes this span more often than the work is done.
    1 | 8"
  `);
});

test('says how far a name is from the one that was meant', () => {
  const shape = trace(server('x', internal('price basket')));
  expect(say(shape, sketchTraces(request('x', work('prize basket'))))).toMatchInlineSnapshot(`
    "wrong-name: A span is named \`prize basket\`, expected \`price basket\`: 1 character to change.
    Names are compared to the letter: use just this one.
    \`price basket\` | \`prize basket\`"
  `);
  const told = trace(server('POST /orders', internal('price basket'), internal('charge card')));
  const renamed = request('checkout', work('price basket'), work('charge card'));
  expect(say(told, sketchTraces(renamed))).toMatchInlineSnapshot(`
    "wrong-name: A span is named \`checkout\`, expected \`POST /orders\`: quite another name, but all else is as expected.
    Names are compared to the letter: use just this one.
    \`POST /orders\` | \`checkout\`"
  `);
});

test('says who made a span that is there twice', () => {
  const shape = trace(server('x', client('POST')));
  const post = { ...call('POST'), scope: '@opentelemetry/instrumentation-http' };
  const around = { ...call('call payments', post), scope: 'shop' };
  expect(say(shape, sketchTraces(request('x', around)))).toMatchInlineSnapshot(`
    "duplicate-span: \`call payments\` and the span within it, \`POST\`, stand for the same work.
    One was made by \`shop\`, the other by \`@opentelemetry/instrumentation-http\`. Keep the one that comes for free.
    1 | 2 for the same work"
  `);
});

test('says who should have made a span: a library, or a hand', () => {
  const by = (scope: string) => sketchTraces({ ...request('x'), scope });
  const http = '@opentelemetry/instrumentation-http';
  expect(say(trace(server('x', { scope: http })), by('shop'))).toMatchInlineSnapshot(`
    "wrong-scope: \`x\` was made by "shop", expected "@opentelemetry/instrumentation-http".
    It was made by hand where the library should make it: remove the one by hand, and load the instrumentation before the library.
    "@opentelemetry/instrumentation-http" | "shop""
  `);
  expect(say(trace(server('x', { scope: 'shop' })), by(http))).toMatchInlineSnapshot(`
    "wrong-scope: \`x\` was made by "@opentelemetry/instrumentation-http", expected "shop".
    A library made it where it should be made by hand: give it a tracer of your own, \`trace.getTracer(name)\`.
    "shop" | "@opentelemetry/instrumentation-http""
  `);
  expect(say(trace(server('x', { scope: 'shop' })), by('main'))).toMatchInlineSnapshot(`
    "wrong-scope: \`x\` was made by "main", expected "shop".
    The instrumentation scope is the tracer's name, and tells a library's spans from those by hand: this span should come from another one.
    "shop" | "main""
  `);
});

test('says what is missing of a library, of the part above a cut, of a resource, and of an exception', () => {
  const pg = '@opentelemetry/instrumentation-pg';
  const query = trace(server('x', exactly(2, client('SELECT', { scope: pg }))));
  expect(say(query, sketchTraces(request('x')))).toMatchInlineSnapshot(`
    "not-instrumented: \`SELECT\` is missing below \`x\`, and so is every span of "@opentelemetry/instrumentation-pg".
    The library was loaded before its hook, or its instrumentation is not registered. Start the SDK by \`--import\`, before anything else is imported; a bundler or an ES module needs its own hook.
    spans of "@opentelemetry/instrumentation-pg" | none"
  `);
  const shape = trace(server('x', { service: 'shop' }, server('y', { service: 'warehouse' })));
  const y = { ...request('y'), service: 'warehouse', remote: true };
  expect(say(shape, sketchTraces({ ...request('x', y), lost: true }))).toMatchInlineSnapshot(`
    "partial-trace: The trace of \`y\` begins in the middle: its parent is in another process than "warehouse", and nothing came from there (\`x\` was expected).
    Upstream the trace was sampled out, or it is not watched. Sample by the parent (\`parentbased_…\`) everywhere, so that one decision holds for the whole trace; a caller's own span is made known by \`knownParents\`.
    \`x\` | the part below it"
  `);
  const versioned = trace(server('x', { resource: { 'service.version': '2', region: 'eu', zone: 'a' } }));
  const here = { ...request('x'), resource: { 'service.version': '1' }, attributes: { region: 'eu' } };
  expect(say(versioned, sketchTraces(here))).toMatchInlineSnapshot(`
    "missing-attribute: The resource of \`x\` lacks the attribute \`zone\`, expected "a".
    The resource describes the process, once for all of its spans: set it by \`OTEL_RESOURCE_ATTRIBUTES\`, or by \`resource\` of the SDK.
    "a" | nothing

    wrong-attribute: \`x\` has \`service.version\` "1" on its resource, expected "2".
    The resource describes the process, once for all of its spans: set it by \`OTEL_RESOURCE_ATTRIBUTES\`, or by \`resource\` of the SDK.
    "2" | "1"

    misplaced-attribute: \`region\` is on \`x\`, expected on its resource.
    The resource describes the process, once for all of its spans: set it by \`OTEL_RESOURCE_ATTRIBUTES\`, or by \`resource\` of the SDK.
    on the resource | on \`x\`"
  `);
  const failed = trace(server('x', { exception: { type: 'TypeError' } }));
  expect(say(failed, sketchTraces({ ...request('x'), exception: 'RangeError' }))).toMatchInlineSnapshot(`
    "missing-event: \`x\` tells of no exception "TypeError", neither by an event nor by a log; it has "RangeError".
    Record it while the span is active: \`span.recordException(error)\`, or a log with \`exception.type\` and \`exception.message\`.
    the exception "TypeError" | "RangeError""
  `);
  expect(say(failed, sketchTraces(request('x')))).toMatchInlineSnapshot(`
    "missing-event: \`x\` tells of no exception "TypeError", neither by an event nor by a log.
    Record it while the span is active: \`span.recordException(error)\`, or a log with \`exception.type\` and \`exception.message\`.
    the exception "TypeError" | no exception"
  `);
});

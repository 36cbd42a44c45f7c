import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { judge } from '../explain/explain.ts';
import { pathsOf } from '../explain/paths.ts';
import { match } from '../match/match.ts';
import { client, exactly, internal, server, trace } from '../shape/build.ts';
import { same } from '../shape/predicate.ts';
import type { Expected } from '../shape/shape.ts';
import { MISTAKES } from '../testing/mistakes.ts';
import { type SketchedSpan, sketchTraces } from '../testing/sketch-traces.ts';
import { call, request, work } from '../testing/spans.ts';
import { type RenderOptions, renderVerdict } from './render-verdict.ts';

function render(expected: Expected, roots: readonly SketchedSpan[], options?: RenderOptions): string {
  return `\n${renderVerdict(judge(expected, sketchTraces(...roots)), options)}\n`;
}

function renderMistake(code: keyof typeof MISTAKES, options?: RenderOptions): string {
  const { expected, received } = MISTAKES[code];
  return `\n${renderVerdict(judge(expected, received), options)}\n`;
}

const SMALL = { width: 60 };
const id = (value: string) => ({ attributes: { 'purl.order.id': value } });
const order = trace(
  server(
    'POST /orders',
    { service: 'shop', attributes: { 'purl.order.id': same('order') } },
    internal('price basket'),
    internal('charge card'),
    internal('queue receipt', {
      attributes: { 'purl.order.id': same('order') },
      hints: {
        'lost-context':
          "A queue that an interval drains runs in the interval's context.\nKeep `context.active()` with each queued job and run the job by `context.with(saved, job)`.",
      },
    }),
  ),
);
const price: SketchedSpan = { ...work('price basket'), at: [2, 6] };
const charge: SketchedSpan = { ...work('charge card'), at: [9, 18] };
const receipt = (order: string): SketchedSpan => ({ ...work('queue receipt'), ...id(order), at: [30, 1] });
const post = (order: string, ...children: readonly SketchedSpan[]): SketchedSpan => ({
  ...request('POST /orders', ...children),
  ...id(order),
  at: [0, 41],
});

test('shows a lost span twice: where it is expected and where it is', () => {
  expect(render(order, [post('P-1', price, charge), receipt('P-1')])).toMatchInlineSnapshot(`
    "
      POST /orders        server    shop     41 ms
      ├─ price basket     internal  shop    6.0 ms
      ├─ charge card      internal  shop     18 ms
      └─ ✗ queue receipt  internal  shop            expected here (1)

      in a trace of its own
      ✗ queue receipt     internal  shop    1.0 ms  (1)

      (1) lost-context: \`queue receipt\` is in a trace of its own, expected below
          \`POST /orders\`.
          A queue that an interval drains runs in the interval's context.
          Keep \`context.active()\` with each queued job and run the job by
          \`context.with(saved, job)\`.
    "
  `);
});

test('shows a lost span twice: where it is expected and where it is in 60 columns', () => {
  expect(render(order, [post('P-1', price, charge), receipt('P-1')], SMALL)).toMatchInlineSnapshot(`
    "
      POST /orders        shop     41 ms
      ├─ price basket     shop    6.0 ms
      ├─ charge card      shop     18 ms
      └─ ✗ queue receipt  shop            expected here (1)

      in a trace of its own
      ✗ queue receipt     shop    1.0 ms  (1)

      (1) lost-context: \`queue receipt\` is in a trace of its
          own, expected below \`POST /orders\`.
          A queue that an interval drains runs in the interval's
          context.
          Keep \`context.active()\` with each queued job and run
          the job by \`context.with(saved, job)\`.
    "
  `);
});

test('shows each of several lost spans, and says a hint once', () => {
  expect(render(order, [post('P-1', charge), price, receipt('P-1')])).toMatchInlineSnapshot(`
    "
      POST /orders        server    shop     41 ms
      ├─ charge card      internal  shop     18 ms
      ├─ ✗ price basket   internal  shop            expected here (1)
      └─ ✗ queue receipt  internal  shop            expected here (2)

      in a trace of its own
      ✗ price basket      internal  shop    6.0 ms  (1)
      ✗ queue receipt     internal  shop    1.0 ms  (2)

      (1) lost-context: \`price basket\` is in a trace of its own, expected below
          \`POST /orders\`.
          It began outside of any request, in no context. Keep \`context.active()\`
          where the work is handed over, and run the work by
          \`context.with(saved, …)\`.

      (2) lost-context: \`queue receipt\` is in a trace of its own, expected below
          \`POST /orders\`.
          A queue that an interval drains runs in the interval's context.
          Keep \`context.active()\` with each queued job and run the job by
          \`context.with(saved, job)\`.
    "
  `);
});

test("shows another request's span in that request's trace", () => {
  expect(
    render(exactly(2, order), [post('P-1', price, charge, receipt('P-1'), receipt('P-2')), post('P-2', price, charge)]),
  ).toMatchInlineSnapshot(`
    "
      POST /orders        server    shop     41 ms
      ├─ price basket     internal  shop    6.0 ms
      ├─ charge card      internal  shop     18 ms
      └─ ✗ queue receipt  internal  shop            expected here (1)

      in another request's trace
      POST /orders        server    shop     41 ms
      ├─ price basket     internal  shop    6.0 ms
      ├─ charge card      internal  shop     18 ms
      ├─ queue receipt    internal  shop    1.0 ms
      └─ ✗ queue receipt  internal  shop    1.0 ms  (1)

      (1) mixed-requests: \`queue receipt\` belongs below \`POST /orders\` of trace
          000002, but is in trace 000001, below \`POST /orders\`: another request's.
          It ran in the context of whichever request started the work. Keep
          \`context.active()\` with each item when it is queued, and run the item by
          \`context.with(saved, …)\`.
    "
  `);
});

test("shows another request's span in that request's trace in 60 columns", () => {
  expect(
    render(
      exactly(2, order),
      [post('P-1', price, charge, receipt('P-1'), receipt('P-2')), post('P-2', price, charge)],
      SMALL,
    ),
  ).toMatchInlineSnapshot(`
    "
      POST /orders        shop     41 ms
      ├─ price basket     shop    6.0 ms
      ├─ charge card      shop     18 ms
      └─ ✗ queue receipt  shop            expected here (1)

      in another request's trace
      POST /orders        shop     41 ms
      ├─ price basket     shop    6.0 ms
      ├─ charge card      shop     18 ms
      ├─ queue receipt    shop    1.0 ms
      └─ ✗ queue receipt  shop    1.0 ms  (1)

      (1) mixed-requests: \`queue receipt\` belongs below
          \`POST /orders\` of trace 000002, but is in trace
          000001, below \`POST /orders\`: another request's.
          It ran in the context of whichever request started the
          work. Keep \`context.active()\` with each item when it
          is queued, and run the item by
          \`context.with(saved, …)\`.
    "
  `);
});

test('shows a missing span at its place', () => {
  expect(renderMistake('missing-span')).toMatchInlineSnapshot(`
    "
      POST /orders      server    shop    100 ms
      ├─ price basket   internal  shop     90 ms
      └─ ✗ charge card  internal  shop            expected here (1)

      (1) missing-span: \`charge card\` is missing below \`POST /orders\`.
          No INTERNAL span of that name arrived. Start it where the work begins,
          with just this name, and end it where the work ends.
    "
  `);
});

test('shows a missing span at its place in 60 columns', () => {
  expect(renderMistake('missing-span', SMALL)).toMatchInlineSnapshot(`
    "
      POST /orders      shop    100 ms
      ├─ price basket   shop     90 ms
      └─ ✗ charge card  shop            expected here (1)

      (1) missing-span: \`charge card\` is missing below
          \`POST /orders\`.
          No INTERNAL span of that name arrived. Start it where
          the work begins, with just this name, and end it where
          the work ends.
    "
  `);
});

test('shows a span below the wrong parent at both places', () => {
  expect(renderMistake('wrong-parent')).toMatchInlineSnapshot(`
    "
      POST /orders         server    shop    100 ms
      ├─ price basket      internal  shop     90 ms
      │  └─ ✗ charge card  internal  shop     80 ms  (1)
      │     └─ POST        client    shop     70 ms
      └─ ✗ charge card     internal  shop            expected here (1)

      (1) wrong-parent: \`charge card\` is a child of \`price basket\`, expected below
          \`POST /orders\`.
          A span's parent is the span that is active when it starts. Start it in the
          callback of \`startActiveSpan\` that made \`POST /orders\`, or pass
          \`trace.setSpan(context.active(), parent)\` as its context.
    "
  `);
});

test('shows a span below the wrong parent at both places in 60 columns', () => {
  expect(renderMistake('wrong-parent', SMALL)).toMatchInlineSnapshot(`
    "
      POST /orders         shop    100 ms
      ├─ price basket      shop     90 ms
      │  └─ ✗ charge card  shop     80 ms  (1)
      │     └─ POST        shop     70 ms
      └─ ✗ charge card     shop            expected here (1)

      (1) wrong-parent: \`charge card\` is a child of
          \`price basket\`, expected below \`POST /orders\`.
          A span's parent is the span that is active when it
          starts. Start it in the callback of \`startActiveSpan\`
          that made \`POST /orders\`, or pass
          \`trace.setSpan(context.active(), parent)\` as its
          context.
    "
  `);
});

test('shows a span that never came with the orphans that it left behind', () => {
  expect(renderMistake('orphan-span')).toMatchInlineSnapshot(`
    "
      POST /orders      server    shop    100 ms
      ├─ price basket   internal  shop     90 ms
      └─ ✗ charge card  internal  shop            expected here (1)
         └─ ✗ POST      client    shop     80 ms  (1)

      (1) orphan-span: \`charge card\` never came: \`POST\` names a parent that was not
          exported.
          A span that is never ended is never exported. Call \`end()\` on every way
          out, best in a \`finally\`.
    "
  `);
});

test('shows a span that never came with the orphans that it left behind in 60 columns', () => {
  expect(renderMistake('orphan-span', SMALL)).toMatchInlineSnapshot(`
    "
      POST /orders      shop    100 ms
      ├─ price basket   shop     90 ms
      └─ ✗ charge card  shop            expected here (1)
         └─ ✗ POST      shop     80 ms  (1)

      (1) orphan-span: \`charge card\` never came: \`POST\` names a
          parent that was not exported.
          A span that is never ended is never exported. Call
          \`end()\` on every way out, best in a \`finally\`.
    "
  `);
});

test('shows a root that never came with its orphans, and nothing twice', () => {
  expect(render(order, [{ ...post('P-1', price, charge, receipt('P-1')), lost: true }])).toMatchInlineSnapshot(`
    "
      ✗ POST /orders     server    shop            expected here (1)
      ├─ ✗ price basket  internal  shop    6.0 ms  (1)
      ├─ charge card     internal  shop     18 ms
      └─ queue receipt   internal  shop    1.0 ms

      (1) orphan-span: \`POST /orders\` never came: \`price basket\` names a parent that
          was not exported.
          A span that is never ended is never exported. Call \`end()\` on every way
          out, best in a \`finally\`.
    "
  `);
});

test('shows what came instead of a missing root', () => {
  expect(render(order, [work('tick', call('SELECT jobs')), request('GET /healthz')])).toMatchInlineSnapshot(`
    "
      ✗ POST /orders  server    shop            expected here (1)

      came instead
      GET /healthz    server    shop    100 ms
      tick            internal  shop    100 ms
      └─ SELECT jobs  client    shop     90 ms

      (1) missing-span: \`POST /orders\` is missing: no trace begins with it.
          No SERVER span of that name arrived. Start it where the work begins, with
          just this name, and end it where the work ends.
    "
  `);
});

test('shows some of an N+1 and counts the rest', () => {
  expect(
    render(trace(server('GET /yarns', client('SELECT stock'))), [
      request('GET /yarns', ...Array.from({ length: 38 }, () => call('SELECT stock'))),
    ]),
  ).toMatchInlineSnapshot(`
    "
      GET /yarns         server    shop    100 ms
      ├─ ✗ SELECT stock  client    shop     90 ms  (1)
      ├─ ✗ SELECT stock  client    shop     90 ms  (1)
      ├─ ✗ SELECT stock  client    shop     90 ms  (1)
      ├─ ✗ SELECT stock  client    shop     90 ms  (1)
      ├─ ✗ SELECT stock  client    shop     90 ms  (1)
      ├─ ✗ SELECT stock  client    shop     90 ms  (1)
      ├─ ✗ SELECT stock  client    shop     90 ms  (1)
      └─ ✗ SELECT stock  client    shop     90 ms  and 30 more (1)

      (1) wrong-count: 38 × \`SELECT stock\` below \`GET /yarns\`, expected 1: the same
          work again and again, an N+1.
          The same work runs once for every row of an earlier result. Do it for all
          rows at once.
    "
  `);
});

test('shows some of an N+1 and counts the rest in 60 columns', () => {
  expect(
    render(
      trace(server('GET /yarns', client('SELECT stock'))),
      [request('GET /yarns', ...Array.from({ length: 38 }, () => call('SELECT stock')))],
      SMALL,
    ),
  ).toMatchInlineSnapshot(`
    "
      GET /yarns         shop    100 ms
      ├─ ✗ SELECT stock  shop     90 ms  (1)
      ├─ ✗ SELECT stock  shop     90 ms  (1)
      ├─ ✗ SELECT stock  shop     90 ms  (1)
      ├─ ✗ SELECT stock  shop     90 ms  (1)
      ├─ ✗ SELECT stock  shop     90 ms  (1)
      ├─ ✗ SELECT stock  shop     90 ms  (1)
      ├─ ✗ SELECT stock  shop     90 ms  (1)
      └─ ✗ SELECT stock  shop     90 ms  and 30 more (1)

      (1) wrong-count: 38 × \`SELECT stock\` below \`GET /yarns\`,
          expected 1: the same work again and again, an N+1.
          The same work runs once for every row of an earlier
          result. Do it for all rows at once.
    "
  `);
});

test('shows how many are lacking', () => {
  expect(
    render(trace(server('GET /yarns', exactly(3, client('SELECT stock')))), [
      request('GET /yarns', call('SELECT stock')),
    ]),
  ).toMatchInlineSnapshot(`
    "
      GET /yarns         server    shop    100 ms
      ├─ SELECT stock    client    shop     90 ms
      └─ ✗ SELECT stock  client    shop            × 2 expected here (1)

      (1) wrong-count: 1 × \`SELECT stock\` below \`GET /yarns\`, expected 3.
          Some of the work makes no span, or its spans were lost.
    "
  `);
});

test('numbers every finding at its span', () => {
  expect(
    render(
      trace(
        server(
          'POST /orders',
          {
            service: 'shop',
            status: 'unset',
            attributes: { 'http.response.status_code': 201, 'purl.order.id': /^P-/ },
          },
          internal('charge card'),
        ),
      ),
      [{ ...work('POST /orders', { ...work('charge-card') }), service: 'unknown_service:node', status: 'error' }],
    ),
  ).toMatchInlineSnapshot(`
    "
      ✗ POST /orders    internal  unknown_service…    100 ms  (2–6)
      └─ ✗ charge-card  internal  shop                 90 ms  (1)

      (1) wrong-name: A span is named \`charge-card\`, expected \`charge card\`: 1
          character to change.
          Names are compared to the letter: use just this one.

      (2) wrong-kind: \`POST /orders\` is of kind \`INTERNAL\`, expected \`SERVER\`.
          A request that comes in is \`{ kind: SpanKind.SERVER }\`; without a kind a
          span is INTERNAL.

      (3) wrong-service: \`POST /orders\` comes from service "unknown_service:node",
          expected "shop".
          The service is \`service.name\` of the resource: set \`OTEL_SERVICE_NAME\`, or
          \`serviceName\` of the SDK, one for each process.

      (4) missing-attribute: \`POST /orders\` lacks the attribute
          \`http.response.status_code\`, expected 201.
          Set it with \`span.setAttribute('http.response.status_code', …)\` before the
          span ends.

      (5) missing-attribute: \`POST /orders\` lacks the attribute \`purl.order.id\`,
          expected /^P-/.
          Set it with \`span.setAttribute('purl.order.id', …)\` before the span ends.

      (6) wrong-status: \`POST /orders\` has status \`ERROR\`, expected \`UNSET\`.
          ERROR is for what the service failed to do. An outcome that the caller
          must expect (a 4xx, a declined card) leaves the status unset.
    "
  `);
});

test('numbers every finding at its span in 60 columns', () => {
  expect(
    render(
      trace(
        server(
          'POST /orders',
          {
            service: 'shop',
            status: 'unset',
            attributes: { 'http.response.status_code': 201, 'purl.order.id': /^P-/ },
          },
          internal('charge card'),
        ),
      ),
      [{ ...work('POST /orders', { ...work('charge-card') }), service: 'unknown_service:node', status: 'error' }],
      SMALL,
    ),
  ).toMatchInlineSnapshot(`
    "
      ✗ POST /orders    unknown_ser…    100 ms  (2–6)
      └─ ✗ charge-card  shop             90 ms  (1)

      (1) wrong-name: A span is named \`charge-card\`, expected
          \`charge card\`: 1 character to change.
          Names are compared to the letter: use just this one.

      (2) wrong-kind: \`POST /orders\` is of kind \`INTERNAL\`,
          expected \`SERVER\`.
          A request that comes in is
          \`{ kind: SpanKind.SERVER }\`; without a kind a span is
          INTERNAL.

      (3) wrong-service: \`POST /orders\` comes from service
          "unknown_service:node", expected "shop".
          The service is \`service.name\` of the resource: set
          \`OTEL_SERVICE_NAME\`, or \`serviceName\` of the SDK, one
          for each process.

      (4) missing-attribute: \`POST /orders\` lacks the attribute
          \`http.response.status_code\`, expected 201.
          Set it with
          \`span.setAttribute('http.response.status_code', …)\`
          before the span ends.

      (5) missing-attribute: \`POST /orders\` lacks the attribute
          \`purl.order.id\`, expected /^P-/.
          Set it with \`span.setAttribute('purl.order.id', …)\`
          before the span ends.

      (6) wrong-status: \`POST /orders\` has status \`ERROR\`,
          expected \`UNSET\`.
          ERROR is for what the service failed to do. An outcome
          that the caller must expect (a 4xx, a declined card)
          leaves the status unset.
    "
  `);
});

test('says that nothing came', () => {
  expect(renderMistake('no-spans')).toMatchInlineSnapshot(`
    "
      (1) no-spans: No spans arrived at all.
          Is the SDK loaded before the app, started, and sending to this receiver?
          \`OTEL_LOG_LEVEL=debug\` makes it say what it does.
    "
  `);
});

test('shows a passing trace with bars, and a + on what is new', () => {
  const before = match(order, sketchTraces(post('P-1', price)));
  const traces = sketchTraces(post('P-1', price, charge, receipt('P-1')));
  const verdict = judge(order, traces, { known: pathsOf(before) });
  expect(`\n${renderVerdict(verdict)}\n`).toMatchInlineSnapshot(`
    "
      POST /orders        server    shop     41 ms  ████████████████████████████████
      ├─ price basket     internal  shop    6.0 ms   █████
      ├─ + charge card    internal  shop     18 ms         ██████████████
      └─ + queue receipt  internal  shop    1.0 ms                         █
    "
  `);
  expect(`\n${renderVerdict(verdict, SMALL)}\n`).toMatchInlineSnapshot(`
    "
      POST /orders        shop     41 ms  ██████████████████████
      ├─ price basket     shop    6.0 ms   ███
      ├─ + charge card    shop     18 ms      ██████████
      └─ + queue receipt  shop    1.0 ms                  █
    "
  `);
});

test('cuts long names and services, and keeps signs, notes and the width', () => {
  const long = `resolve ${'every discount '.repeat(12)}`;
  let nested: SketchedSpan = { ...work('innermost'), service: 'a-service-with-quite-a-long-name' };
  for (let i = 0; i < 15; i++) nested = work(`level ${i}`, nested);
  const shape = trace(server('GET /', internal(long, internal('never made'))));
  const text = render(shape, [request('GET /', { ...work(long), kind: 'client' }, nested)], SMALL);
  expect(text).toMatchInlineSnapshot(`
    "
      GET /            shop            100 ms
      ├─ ✗ resolve e…  shop             90 ms  (2)
      │  └─ ✗ never …  shop                    expected here (1)
      └─ level 14      shop             90 ms
         └─ level 13   shop             80 ms
            └─ level…  shop             70 ms
      …     └─ level…  shop             60 ms
      …     └─ level…  shop             50 ms
      …     └─ level…  shop             40 ms
      …     └─ level…  shop             30 ms
      …     └─ level…  shop             20 ms
      …     └─ level…  shop             10 ms
      …     └─ level…  shop            1.0 ms
      …     └─ level…  shop            1.0 ms
      …     └─ level…  shop            1.0 ms
      …     └─ level…  shop            1.0 ms
      …     └─ level…  shop            1.0 ms
      …     └─ level…  shop            1.0 ms
      …     └─ inner…  a-service-w…    1.0 ms

      (1) missing-span: \`never made\` is missing below \`resolve
          every discount every discount every discount every
          discount every disco…\`.
          No INTERNAL span of that name arrived. Start it where
          the work begins, with just this name, and end it where
          the work ends.

      (2) wrong-kind: \`resolve every discount every discount
          every discount every discount every disco…\` is of kind
          \`CLIENT\`, expected \`INTERNAL\`.
          Work within a service is INTERNAL, which is what a
          span is when no kind is given.
    "
  `);
  expect(text.split('\n').filter((line) => line.length > 60)).toEqual([]);
});

test('draws a wide and deep trace within bounds, with the place of every finding', () => {
  const rows = Array.from({ length: 300 }, (_, i) => work(`row ${i}`));
  const shape = trace(server('GET /', internal('row 299', { attributes: { last: true } })));
  const lines = render(shape, [request('GET /', ...rows)]).split('\n');
  expect(lines.length).toBeLessThan(140);
  expect(lines.filter((line) => /✗|more/.test(line))).toMatchInlineSnapshot(`
    [
      "  ├─ ✗ row 299   internal  shop     90 ms  (1)",
      "  └─ … 179 more",
    ]
  `);
});

test('paints what signs say already', () => {
  const { expected, received } = MISTAKES['missing-span'];
  const painted = renderVerdict(judge(expected, received), { colour: true });
  expect(painted).toContain('\u001B[31m');
  expect(stripVTControlCharacters(painted)).toBe(renderVerdict(judge(expected, received)));
});

test('shows no control characters of names', () => {
  const text = render(trace(server('GET /')), [request('GET /\u001B[2J\n', work('\u0007bell'))]);
  expect(stripVTControlCharacters(text)).toBe(text);
  expect(text).toMatchInlineSnapshot(`
    "
      ✗ GET /       server                    expected here (1)

      came instead
      GET /·[2J     server    shop    100 ms
      └─ ·bell      internal  shop     90 ms

      (1) missing-span: \`GET /\` is missing: no trace begins with it.
          No SERVER span of that name arrived. Start it where the work begins, with
          just this name, and end it where the work ends.
    "
  `);
});

test('lines columns up beside wide characters, and cuts none in two', () => {
  const children = [work('価格を計算する'), work('🧶 wind'), work('名前がとても長いので切られるしかない処理です')];
  const shape = trace(server('GET /', { attributes: { 注文: 1 } }));
  expect(render(shape, [request('GET /', ...children)], { width: 60 })).toMatchInlineSnapshot(`
    "
      ✗ GET /                                shop    100 ms  (1)
      ├─ 価格を計算する                      shop     90 ms
      ├─ 🧶 wind                             shop     90 ms
      └─ 名前がとても長いので切られるしか…   shop     90 ms

      (1) missing-attribute: \`GET /\` lacks the attribute \`注文\`,
          expected 1.
          Set it with \`span.setAttribute('注文', …)\` before the
          span ends.
    "
  `);
});

test('shows a span that lacks its link', () => {
  expect(renderMistake('missing-link')).toMatchInlineSnapshot(`
    "
      ✗ send receipt  consumer  shop    100 ms  (1)

      (1) missing-link: \`send receipt\` lacks a link to \`queue receipt\`: it has none.
          Keep the other span's \`spanContext()\` with the message, and give it when
          starting this one: \`{ links: [{ context }] }\`.
    "
  `);
});

test('shows a span that lacks its link in 60 columns', () => {
  expect(renderMistake('missing-link', SMALL)).toMatchInlineSnapshot(`
    "
      ✗ send receipt  shop    100 ms  (1)

      (1) missing-link: \`send receipt\` lacks a link to
          \`queue receipt\`: it has none.
          Keep the other span's \`spanContext()\` with the
          message, and give it when starting this one:
          \`{ links: [{ context }] }\`.
    "
  `);
});

test('shows a span that came too soon', () => {
  expect(renderMistake('wrong-order')).toMatchInlineSnapshot(`
    "
      POST /orders      server    shop    100 ms
      ├─ price basket   internal  shop     30 ms
      └─ ✗ charge card  internal  shop     60 ms  (1)
         └─ POST        client    shop     80 ms

      (1) wrong-order: \`charge card\` began 20 ms before \`price basket\` had ended,
          expected after it.
          They run side by side: the first is not awaited before the next begins.
    "
  `);
});

test('shows a span that came too soon in 60 columns', () => {
  expect(renderMistake('wrong-order', SMALL)).toMatchInlineSnapshot(`
    "
      POST /orders      shop    100 ms
      ├─ price basket   shop     30 ms
      └─ ✗ charge card  shop     60 ms  (1)
         └─ POST        shop     80 ms

      (1) wrong-order: \`charge card\` began 20 ms before
          \`price basket\` had ended, expected after it.
          They run side by side: the first is not awaited before
          the next begins.
    "
  `);
});

test('shows spans that wait for each other', () => {
  expect(renderMistake('not-parallel')).toMatchInlineSnapshot(`
    "
      GET /yarns          server    shop    100 ms
      ├─ ✗ SELECT stock   client    shop     40 ms  (1)
      └─ ✗ SELECT prices  client    shop     50 ms  (1)

      (1) not-parallel: \`SELECT stock\` and \`SELECT prices\` took 85 ms together and
          the longest of them 50 ms: they do not run side by side.
          Each waits for the one before, or only some run at once, as with a pool
          that is too small. Start them all, then \`await Promise.all([…])\`.
    "
  `);
});

test('shows spans that wait for each other in 60 columns', () => {
  expect(renderMistake('not-parallel', SMALL)).toMatchInlineSnapshot(`
    "
      GET /yarns          shop    100 ms
      ├─ ✗ SELECT stock   shop     40 ms  (1)
      └─ ✗ SELECT prices  shop     50 ms  (1)

      (1) not-parallel: \`SELECT stock\` and \`SELECT prices\` took
          85 ms together and the longest of them 50 ms: they do
          not run side by side.
          Each waits for the one before, or only some run at
          once, as with a pool that is too small. Start them
          all, then \`await Promise.all([…])\`.
    "
  `);
});

test('shows a span that outlasts its parent', () => {
  expect(renderMistake('ended-too-late')).toMatchInlineSnapshot(`
    "
      POST /orders      server    shop    100 ms
      └─ ✗ charge card  internal  shop     90 ms  (1)
         └─ POST        client    shop     80 ms

      (1) ended-too-late: \`charge card\` ended 50 ms after its parent \`POST /orders\`
          had.
          The parent does not wait for it: \`await\` the work inside the callback of
          the parent, or end this span as soon as its own work is done.
    "
  `);
});

test('shows a span that outlasts its parent in 60 columns', () => {
  expect(renderMistake('ended-too-late', SMALL)).toMatchInlineSnapshot(`
    "
      POST /orders      shop    100 ms
      └─ ✗ charge card  shop     90 ms  (1)
         └─ POST        shop     80 ms

      (1) ended-too-late: \`charge card\` ended 50 ms after its
          parent \`POST /orders\` had.
          The parent does not wait for it: \`await\` the work
          inside the callback of the parent, or end this span as
          soon as its own work is done.
    "
  `);
});

test('shows the place of a service that is silent', () => {
  expect(renderMistake('silent-service')).toMatchInlineSnapshot(`
    "
      POST /orders                server    shop         100 ms
      └─ POST                     client    shop          90 ms
         └─ ✗ POST /reservations  server    warehouse            expected here (1)

      (1) silent-service: The service "warehouse" sent no span at all:
          \`POST /reservations\` is missing below \`POST\`. Spans came from "shop".
          In that process the SDK is not loaded, sends elsewhere, or was ended
          before it sent; or its \`OTEL_SERVICE_NAME\` is another. Each process needs
          an SDK of its own.
    "
  `);
});

test('shows the place of a service that is silent in 60 columns', () => {
  expect(renderMistake('silent-service', SMALL)).toMatchInlineSnapshot(`
    "
      POST /orders        shop         100 ms
      └─ POST             shop          90 ms
         └─ ✗ POST /res…  warehouse            expected here (1)

      (1) silent-service: The service "warehouse" sent no span
          at all: \`POST /reservations\` is missing below \`POST\`.
          Spans came from "shop".
          In that process the SDK is not loaded, sends
          elsewhere, or was ended before it sent; or its
          \`OTEL_SERVICE_NAME\` is another. Each process needs an
          SDK of its own.
    "
  `);
});

test('shows the place where a trace was cut', () => {
  expect(renderMistake('partial-trace')).toMatchInlineSnapshot(`
    "
      POST /orders                server    shop         100 ms
      └─ POST                     client    shop          90 ms
         └─ ✗ POST /reservations  server    warehouse            expected here (1)

      … and 1 more trace of this kind

      (1) partial-trace: \`POST /reservations\` is missing below \`POST\`: in this trace
          nothing came from "warehouse", in others it did.
          "warehouse" decides by itself which traces to keep. Let it follow the
          caller's decision: \`OTEL_TRACES_SAMPLER=parentbased_always_on\`. If it
          crashed or was killed in between, its last spans are lost.
    "
  `);
});

test('shows the place where a trace was cut in 60 columns', () => {
  expect(renderMistake('partial-trace', SMALL)).toMatchInlineSnapshot(`
    "
      POST /orders        shop         100 ms
      └─ POST             shop          90 ms
         └─ ✗ POST /res…  warehouse            expected here (1)

      … and 1 more trace of this kind

      (1) partial-trace: \`POST /reservations\` is missing below
          \`POST\`: in this trace nothing came from "warehouse",
          in others it did.
          "warehouse" decides by itself which traces to keep.
          Let it follow the caller's decision:
          \`OTEL_TRACES_SAMPLER=parentbased_always_on\`. If it
          crashed or was killed in between, its last spans are
          lost.
    "
  `);
});

test('shows the general span of a library', () => {
  expect(renderMistake('not-instrumented')).toMatchInlineSnapshot(`
    "
      ✗ POST           server    shop    100 ms  (1)
      ├─ price basket  internal  shop     90 ms
      └─ charge card   internal  shop     90 ms
         └─ POST       client    shop     80 ms

      (1) not-instrumented: \`POST /orders\` has only the method for a name, \`POST\`:
          no framework told it the route.
          The HTTP library is instrumented, the web framework is not: it was loaded
          before its hook, or its instrumentation is not registered. Start the SDK
          by \`--import\`, before anything else is imported.
    "
  `);
});

test('shows the general span of a library in 60 columns', () => {
  expect(renderMistake('not-instrumented', SMALL)).toMatchInlineSnapshot(`
    "
      ✗ POST           shop    100 ms  (1)
      ├─ price basket  shop     90 ms
      └─ charge card   shop     90 ms
         └─ POST       shop     80 ms

      (1) not-instrumented: \`POST /orders\` has only the method
          for a name, \`POST\`: no framework told it the route.
          The HTTP library is instrumented, the web framework is
          not: it was loaded before its hook, or its
          instrumentation is not registered. Start the SDK by
          \`--import\`, before anything else is imported.
    "
  `);
});

test('shows the span that a log belongs to', () => {
  expect(renderMistake('uncorrelated-log')).toMatchInlineSnapshot(`
    "
      ✗ GET /       server    shop    100 ms  (1)

      (1) uncorrelated-log: The log "card declined" belongs to \`GET /\`, but names no
          trace.
          It was written where no span is active, or by a logger that knows nothing
          of spans: start the SDK before the logger is loaded, and write it in the
          span's callback.
    "
  `);
});

test('shows the span that a log belongs to in 60 columns', () => {
  expect(renderMistake('uncorrelated-log', SMALL)).toMatchInlineSnapshot(`
    "
      ✗ GET /       shop    100 ms  (1)

      (1) uncorrelated-log: The log "card declined" belongs to
          \`GET /\`, but names no trace.
          It was written where no span is active, or by a logger
          that knows nothing of spans: start the SDK before the
          logger is loaded, and write it in the span's callback.
    "
  `);
});

test('tells of a metric, which has no place in the picture', () => {
  expect(renderMistake('wrong-metric', SMALL)).toMatchInlineSnapshot(`
    "
      (1) wrong-metric: \`orders.placed\` is in no unit, expected
          "{order}".
          Give \`{ unit }\` when the instrument is made: \`s\`,
          \`By\`, or a thing counted, such as \`{order}\`. Durations
          are in seconds.
    "
  `);
});

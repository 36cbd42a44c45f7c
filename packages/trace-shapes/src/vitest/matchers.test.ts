import { expect, test } from 'vitest';
import { startReceiver } from '../receive/start-receiver.ts';
import { exactly, internal, server, trace, traces } from '../shape/build.ts';
import { sketchSpans, sketchTraces } from '../testing/sketch-traces.ts';
import { request, work } from '../testing/spans.ts';
import './index.ts';
import { telemetry } from '../shape/compose.ts';
import { log } from '../shape/log.ts';
import { metric } from '../shape/metric.ts';
import { counterWith, logWith } from '../testing/sketch-signals.ts';

const order = trace(server('POST /orders', internal('price basket')));
const priced = request('POST /orders', work('price basket'));

test('takes traces, one trace, spans, and telemetry', () => {
  const spans = sketchSpans([priced]);
  const [one] = sketchTraces(priced);
  expect(sketchTraces(priced)).toMatchTrace(order);
  expect(one).toMatchTrace(order);
  expect(spans).toMatchTrace(order);
  expect({ spans, logs: [], metrics: [] }).toMatchTrace(order);
  expect({ telemetry: { spans } }).toMatchTraces([order]);
  expect(sketchTraces(priced, priced)).toMatchTraces(traces([exactly(2, order)], { only: true }));
});

test('fails with the verdict as it is rendered', () => {
  expect(() => expect(sketchTraces(request('POST /orders'))).toMatchTrace(order)).toThrowErrorMatchingInlineSnapshot(`
    [Error: The traces are not as expected.

      POST /orders       server    shop    100 ms
      └─ ✗ price basket  internal  shop            expected here (1)

      (1) missing-span: \`price basket\` is missing below \`POST /orders\`.
          No INTERNAL span of that name arrived. Start it where the work begins,
          with just this name, and end it where the work ends.
    ]
  `);
  expect(() =>
    expect(sketchTraces(priced, work('poll jobs'))).toMatchTraces(traces([order], { only: true })),
  ).toThrowErrorMatchingInlineSnapshot(`
    [Error: The traces are not as expected.

      POST /orders     server    shop    100 ms
      └─ price basket  internal  shop     90 ms

      ✗ poll jobs      internal  shop    100 ms  (1)

      (1) unexpected-span: \`poll jobs\` should not be there, as the root of a trace.
          Remove what makes it, or start it where the span that it belongs to is
          active.
    ]
  `);
});

test('fails under not when the shape is there', () => {
  expect(sketchTraces(request('GET /health'))).not.toMatchTrace(order);
  expect(() => expect(sketchTraces(priced)).not.toMatchTrace(order)).toThrowErrorMatchingInlineSnapshot(`
    [Error: The traces are as the shape says, but should not be.

      POST /orders     server    shop    100 ms  ███████████████████████████████████
      └─ price basket  internal  shop     90 ms  ████████████████████████████████
    ]
  `);
});

test('fails when no spans came, under not too', async () => {
  await using receiver = await startReceiver();
  expect(() => expect(receiver).toMatchTrace(order)).toThrowErrorMatchingInlineSnapshot(`
    [Error: The traces are not as expected.

      (1) no-spans: No spans arrived at all.
          Is the SDK loaded before the app, started, and sending to this receiver?
          \`OTEL_LOG_LEVEL=debug\` makes it say what it does.
    ]
  `);
  expect(() => expect(receiver).not.toMatchTrace(order)).toThrow('No spans arrived at all.');
  expect(() => expect([]).not.toMatchTraces([])).toThrow('No spans arrived at all.');
});

test('says what it takes when it gets something else', () => {
  expect(() => expect(startReceiverLater()).toMatchTrace(order)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: toMatchTrace takes a receiver, telemetry, spans or traces, but got a promise. Await it first.]`,
  );
  expect(() => expect('POST /orders').not.toMatchTrace(order)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: toMatchTrace takes a receiver, telemetry, spans or traces, but got a value of type string. Give it what startReceiver() or buildTraces() returned.]`,
  );
});

test('judges traces, logs and metrics together, and takes what a receiver has', () => {
  const traces = sketchTraces(request('GET /'));
  const spans = traces.flatMap(({ nodes }) => nodes.map(({ span }) => span));
  const came = { spans, logs: [logWith({ span: spans[0], body: 'served' })], metrics: [counterWith()] };
  const asked = trace(server('GET /', { logs: [log('served')] }));
  expect(came).toMatchTrace(asked);
  expect({ telemetry: came }).toMatchTelemetry(telemetry({ traces: asked, metrics: [metric('orders.placed')] }));
  expect({ metrics: came.metrics }).toMatchTelemetry(telemetry({ metrics: [metric('orders.placed')] }));
  expect(came).not.toMatchTelemetry(telemetry({ metrics: [metric('queue.length')] }));
  expect(() =>
    expect({ ...came, logs: [] }).toMatchTelemetry(telemetry({ traces: asked })),
  ).toThrowErrorMatchingInlineSnapshot(`
    [Error: The telemetry is not as expected.

      ✗ GET /       server    shop    100 ms  (1)

      (1) missing-log: \`GET /\` lacks the log "served".
          Is the logger bridged to OpenTelemetry (its instrumentation, or an
          appender), with a log exporter that sends here?
    ]
  `);
});

async function startReceiverLater(): Promise<undefined> {
  return undefined;
}

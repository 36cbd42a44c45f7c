import { expect, test } from 'vitest';
import type { LogRecord } from '../otlp/telemetry.ts';
import { internal, never, server, trace } from '../shape/build.ts';
import { telemetry } from '../shape/compose.ts';
import { type LogExpectation, log } from '../shape/log.ts';
import { type MetricExpectation, metric } from '../shape/metric.ts';
import { say } from '../testing/say.ts';
import { counterWith, logWith } from '../testing/sketch-signals.ts';
import { sketchTraces } from '../testing/sketch-traces.ts';
import { request, work } from '../testing/spans.ts';

const traces = sketchTraces(request('x', work('charge card')));
const [x] = traces[0]?.nodes.map(({ span }) => span) ?? [];
const sayLog = (expectation: LogExpectation, record?: Partial<LogRecord>) =>
  say(trace(server('x', internal('charge card', { logs: [log('declined', expectation)] }))), {
    traces,
    logs: record ? [logWith({ body: 'declined', ...record })] : [],
  });
const { traceId, spanId } = x ?? {};
const charge = traces[0]?.nodes[1]?.span.spanId;

test('says what a log names instead of its span', () => {
  expect(sayLog({}, { traceId, spanId })).toMatchInlineSnapshot(`
    "uncorrelated-log: The log "declined" belongs to \`charge card\`, but names \`x\`.
    A log names the span that is active as it is written: write it in the span's callback, not beside it.
    the ids of \`charge card\` | \`x\`"
  `);
  expect(sayLog({}, { traceId, spanId: 'gone' })).toMatchInlineSnapshot(`
    "uncorrelated-log: The log "declined" belongs to \`charge card\`, but names a span that never came.
    A log names the span that is active as it is written: write it in the span's callback, not beside it.
    the ids of \`charge card\` | a span that never came"
  `);
  expect(sayLog({}, { traceId, spanId: undefined })).toMatchInlineSnapshot(`
    "uncorrelated-log: The log "declined" belongs to \`charge card\`, but names only a trace, no span.
    A log names the span that is active as it is written: write it in the span's callback, not beside it.
    the ids of \`charge card\` | only a trace, no span"
  `);
  const run = telemetry({ logs: [log('declined', { correlated: true })] });
  expect(say(run, { logs: [logWith({ body: 'declined' })] })).toMatchInlineSnapshot(`
    "uncorrelated-log: The log "declined" belongs to a span that came, but names no trace.
    It was written where no span is active, or by a logger that knows nothing of spans: start the SDK before the logger is loaded, and write it in the span's callback.
    the ids of a span that came | no trace"
  `);
});

test('says in what the log that is there is not the one that was meant', () => {
  expect(sayLog({ severity: 'warn' }, { traceId, spanId: charge })).toMatchInlineSnapshot(`
    "missing-log: \`charge card\` lacks the log "declined": one is there, but it is \`INFO\`, expected \`WARN\`.
    Compare the two in the message.
    "declined" | it is \`INFO\`, expected \`WARN\`"
  `);
  expect(sayLog({ attributes: { reason: 'funds' } }, { traceId, spanId: charge })).toMatchInlineSnapshot(`
    "missing-log: \`charge card\` lacks the log "declined": one is there, but it lacks \`reason\`, expected "funds".
    Compare the two in the message.
    "declined" | it lacks \`reason\`, expected "funds""
  `);
  expect(sayLog({ service: 'bank' }, { traceId, spanId: charge })).toMatchInlineSnapshot(`
    "missing-log: \`charge card\` lacks the log "declined": one is there, but it comes from "shop", scope "test".
    Compare the two in the message.
    "declined" | it comes from "shop", scope "test""
  `);
  expect(say(telemetry({ logs: [log('started')] }), { logs: [] })).toMatchInlineSnapshot(`
    "missing-log: No log "started" came.
    Is the logger bridged to OpenTelemetry (its instrumentation, or an appender), with a log exporter that sends here?
    "started" | nothing"
  `);
});

test('says in what a metric is not as expected', () => {
  const sayMetric = (expectation: MetricExpectation, name = 'orders.placed') =>
    say(telemetry({ metrics: [metric(name, expectation)] }), {
      metrics: [counterWith({ series: [{ outcome: 'approved' }, { outcome: 'broken' }] })],
    }).split('\n')[0];
  expect([
    sayMetric({ unit: 's' }),
    sayMetric({ type: 'histogram' }),
    sayMetric({ monotonic: false }),
    sayMetric({ service: 'bank' }),
    sayMetric({ attributes: { outcome: 'declined' } }),
    sayMetric({ atMostSeries: 1 }),
    sayMetric({}, 'order.placed'),
    sayMetric({}, 'queue.length'),
  ]).toMatchInlineSnapshot(`
    [
      "wrong-metric: \`orders.placed\` is in "{order}", expected "s".",
      "wrong-metric: \`orders.placed\` is of type \`sum\`, expected \`histogram\`.",
      "wrong-metric: \`orders.placed\` is a sum that only grows, expected one that goes up and down.",
      "wrong-metric: \`orders.placed\` comes from service "shop", expected "bank".",
      "wrong-metric: \`orders.placed\` has \`outcome\` "approved", "broken", expected "declined".",
      "high-cardinality-metric: \`orders.placed\` has 2 series: \`outcome\` is "approved" in one.",
      "wrong-metric: A metric is named \`orders.placed\`, expected \`order.placed\`.",
      "missing-metric: No metric \`queue.length\` came; there are \`orders.placed\`.",
    ]
  `);
  expect(say(telemetry({ metrics: [metric('queue.length')] }), { metrics: [] })).toMatchInlineSnapshot(`
    "missing-metric: No metric \`queue.length\` came, nor any other.
    Metrics are sent at an interval and when the SDK is shut down: end the process by SIGTERM, or read \`OTEL_METRIC_EXPORT_INTERVAL\`. An instrument that recorded nothing sends nothing.
    \`queue.length\` | no metrics"
  `);
});

test('says in which span a log was written that must never be', () => {
  const expected = trace(server('x', internal('charge card', { logs: [never(log('declined'))] })));
  expect(
    say(expected, { traces, logs: [logWith({ body: 'declined', traceId, spanId: charge })] }),
  ).toMatchInlineSnapshot(`
    "unexpected-log: The log "declined" was written in \`charge card\`, expected never.
    Remove the line that writes it, or what it must not say.
    no log "declined" | "declined""
  `);
});

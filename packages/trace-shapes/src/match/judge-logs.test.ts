import { expect, test } from 'vitest';
import type { LogRecord } from '../otlp/telemetry.ts';
import { internal, never, server, trace } from '../shape/build.ts';
import { telemetry } from '../shape/compose.ts';
import { log } from '../shape/log.ts';
import { codesOf } from '../testing/codes.ts';
import { logWith } from '../testing/sketch-signals.ts';
import { sketchTraces } from '../testing/sketch-traces.ts';
import { request, work } from '../testing/spans.ts';

const traces = sketchTraces(request('x', work('charge card'), work('queue receipt')));
const [x, charge, receipt] = (traces[0]?.nodes ?? []).map(({ span }) => span);
const declined = trace(
  server('x', internal('charge card', { logs: [log(/declined/, { severity: 'warn', attributes: { code: 'D-1' } })] })),
);
const written = (given: Partial<LogRecord>, span = charge) =>
  logWith({ span, body: 'card declined', severityNumber: 13, attributes: { code: 'D-1' }, ...given });
const codes = (...logs: readonly LogRecord[]) => codesOf(declined, { traces, logs });

test('takes a log that carries the ids of its span', () => {
  expect(codes(written({}))).toEqual([]);
});

test('tells a log that is nowhere from one without ids, or with those of another span', () => {
  expect(codes()).toEqual(['missing-log charge card']);
  expect(codes(written({ traceId: undefined, spanId: undefined }))).toEqual(['uncorrelated-log charge card']);
  expect(codes(written({}, receipt))).toEqual(['uncorrelated-log charge card']);
  expect(codes(written({}, x))).toEqual(['uncorrelated-log charge card']);
});

test('tells that a log has another severity or other attributes', () => {
  expect(codes(written({ severityNumber: 9 }))).toEqual(['missing-log charge card']);
  expect(codes(written({ attributes: {} }))).toEqual(['missing-log charge card']);
  expect(codes(written({ severityNumber: 16 }))).toEqual([]);
});

test('does not take the log of one span for that of another', () => {
  const both = { logs: [log('done')] };
  const shape = trace(server('x', internal('charge card', both), internal('queue receipt', both)));
  const done = (span: typeof charge) => logWith({ span, body: 'done' });
  expect(codesOf(shape, { traces, logs: [done(charge), done(receipt)] })).toEqual([]);
  expect(codesOf(shape, { traces, logs: [done(charge)] })).toEqual(['missing-log queue receipt']);
  const loose = logWith({ body: 'done' });
  expect(codesOf(shape, { traces, logs: [done(charge), loose] })).toEqual(['uncorrelated-log queue receipt']);
  expect(codesOf(shape, { traces, logs: [loose] })).toEqual([
    'uncorrelated-log charge card',
    'missing-log queue receipt',
  ]);
});

test('looks for the logs of a run anywhere, and for the span that they name if it is asked', () => {
  const logs = [logWith({ body: 'started' }), written({})];
  const anywhere = telemetry({ logs: [log('started'), log('card declined', { correlated: true })] });
  expect(codesOf(anywhere, { traces, logs })).toEqual([]);
  expect(codesOf(telemetry({ logs: [log('stopped')] }), { traces, logs })).toEqual(['missing-log']);
  expect(codesOf(telemetry({ logs: [log('started', { correlated: true })] }), { traces, logs })).toEqual([
    'uncorrelated-log',
  ]);
});

test('takes an exception as an event or as a log of the span', () => {
  const shape = trace(server('x', { exception: { type: 'TypeError', message: /undefined/ } }));
  const attributes = { 'exception.type': 'TypeError', 'exception.message': 'x is undefined' };
  const event = { name: 'exception', timeUnixNano: 1n, attributes, droppedAttributesCount: 0 };
  const [node] = sketchTraces(request('x'))[0]?.nodes ?? [];
  const spans = node ? [node.span] : [];
  expect(codesOf(shape, { spans })).toEqual(['missing-event x']);
  expect(codesOf(shape, { spans: spans.map((span) => ({ ...span, events: [event] })) })).toEqual([]);
  expect(codesOf(shape, { spans, logs: [logWith({ span: node?.span, body: 'boom', attributes })] })).toEqual([]);
  expect(codesOf(shape, { spans, logs: [logWith({ body: 'boom', attributes })] })).toEqual(['missing-event x']);
  const other = { ...event, attributes: { ...attributes, 'exception.type': 'RangeError' } };
  expect(codesOf(shape, { spans: spans.map((span) => ({ ...span, events: [other] })) })).toEqual(['missing-event x']);
  expect(
    codesOf(trace(server('x', { exception: true })), { spans: spans.map((span) => ({ ...span, events: [other] })) }),
  ).toEqual([]);
});

test('finds a log that must never be written, in the run or in its span alone', () => {
  const quiet = telemetry({ logs: [never(log(/\d{16}/))] });
  const secret = (span?: typeof charge) => logWith({ span, body: 'charging card 4111111111111111' });
  expect(codesOf(quiet, { traces, logs: [logWith({ body: 'charging card' })] })).toEqual([]);
  expect(codesOf(quiet, { traces, logs: [secret(), secret(charge)] })).toEqual(['unexpected-log  ×2']);
  const shape = trace(server('x', internal('charge card', { logs: [never(log(/\d{16}/)), log('charged')] })));
  const charged = logWith({ span: charge, body: 'charged' });
  expect(codesOf(shape, { traces, logs: [charged, secret(receipt), secret()] })).toEqual([]);
  expect(codesOf(shape, { traces, logs: [charged, secret(charge)] })).toEqual(['unexpected-log charge card']);
});

import { once } from 'node:events';
import { createServer } from 'node:net';
import { startReceiver } from 'trace-shapes';
import { expect, test, vi } from 'vitest';
import { sketchTelemetry } from '../test/sketched-run.ts';
import { createForwarder } from './forward-telemetry.ts';

const spans = sketchTelemetry([{ trace: 'a', id: '1', name: 'POST /orders', kind: 'server', at: 0, for: 200 }]);

test('hands spans on to another receiver as they came', async () => {
  await using jaeger = await startReceiver();
  await using forwarder = createForwarder(`${jaeger.endpoint}/`, () => {});
  forwarder.forward(spans);
  await jaeger.waitUntil('a span', ({ spans: come }) => come.length > 0, { deadlineMs: 5_000 });
  expect(jaeger.telemetry.spans).toEqual(spans.spans);
});

test('says once that nobody takes them', async () => {
  const gone = await startReceiver();
  await gone[Symbol.asyncDispose]();
  const told = Promise.withResolvers<string>();
  const notes: string[] = [];
  await using forwarder = createForwarder(gone.endpoint, (text) => {
    notes.push(text);
    told.resolve(text);
  });
  forwarder.forward(spans);
  forwarder.forward(spans);
  expect(await told.promise).toBe(
    `Spans cannot be handed on to OTEL_EXPORTER_OTLP_ENDPOINT: ${gone.endpoint}/v1/traces does not answer. They are shown here all the same.`,
  );
  expect(notes).toHaveLength(1);
});

test('delivers what is under way when it ends', async () => {
  await using jaeger = await startReceiver();
  const forwarder = createForwarder(jaeger.endpoint, () => {});
  forwarder.forward(spans);
  await forwarder[Symbol.asyncDispose]();
  expect(jaeger.telemetry.spans).toHaveLength(1);
});

test('holds nobody up when the other receiver takes and never answers, and keeps few requests open', async () => {
  let asked = 0;
  await using hanging = createServer((socket) => void socket.on('error', () => {}).once('data', () => asked++)).listen(
    0,
    '127.0.0.1',
  );
  await once(hanging, 'listening');
  const address = hanging.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const notes: string[] = [];
  const forwarder = createForwarder(`http://127.0.0.1:${port}`, (text) => notes.push(text));
  for (let i = 0; i < 100; i++) expect(forwarder.forward(spans)).toBeUndefined();
  await vi.waitFor(() => expect(asked).toBe(8));
  await forwarder[Symbol.asyncDispose]();
  // Being left is no failure of theirs.
  expect([asked, notes]).toEqual([8, []]);
});

test('sends nothing anywhere when no receiver is named', async () => {
  const sent = vi.spyOn(globalThis, 'fetch');
  for (const endpoint of [undefined, '']) {
    await using forwarder = createForwarder(endpoint, () => {});
    forwarder.forward(spans);
  }
  expect(sent).not.toHaveBeenCalled();
  await using named = createForwarder('http://127.0.0.1:9', () => {});
  named.forward(spans);
  expect(sent).toHaveBeenCalledOnce();
});

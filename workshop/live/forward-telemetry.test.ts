import { startReceiver } from 'trace-shapes';
import { expect, test } from 'vitest';
import { sketchTelemetry } from '../test/sketched-run.ts';
import { createForwarder } from './forward-telemetry.ts';

const spans = sketchTelemetry([{ trace: 'a', id: '1', name: 'POST /orders', kind: 'server', at: 0, for: 200 }]);

test('hands spans on to another receiver as they came', async () => {
  await using jaeger = await startReceiver();
  createForwarder(`${jaeger.endpoint}/`, () => {})(spans);
  await jaeger.waitUntil('a span', ({ spans: come }) => come.length > 0, { deadlineMs: 5_000 });
  expect(jaeger.telemetry.spans).toEqual(spans.spans);
});

test('says once that nobody takes them', async () => {
  const gone = await startReceiver();
  await gone[Symbol.asyncDispose]();
  const told = Promise.withResolvers<string>();
  const notes: string[] = [];
  const forward = createForwarder(gone.endpoint, (text) => {
    notes.push(text);
    told.resolve(text);
  });
  forward(spans);
  forward(spans);
  expect(await told.promise).toBe(
    `Spans cannot be handed on to OTEL_EXPORTER_OTLP_ENDPOINT: ${gone.endpoint}/v1/traces does not answer. They are shown here all the same.`,
  );
  expect(notes).toHaveLength(1);
});

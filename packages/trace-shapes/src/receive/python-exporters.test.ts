import { once } from 'node:events';
import { request } from 'node:http';
import { expect, test } from 'vitest';
import { buildTraces } from '../trace/build-traces.ts';
import recording from './fixtures/python-requests.json' with { type: 'json' };
import { type Receiver, startReceiver } from './start-receiver.ts';

// What OpenTelemetry's Python exporters sent, byte for byte: fixtures/record-python.ts records it anew.
const RUNS = [
  { encoding: 'protobuf', type: 'application/x-protobuf', compression: undefined },
  { encoding: 'protobuf', type: 'application/x-protobuf', compression: 'gzip' },
  { encoding: 'JSON', type: 'application/json', compression: undefined },
  { encoding: 'JSON', type: 'application/json', compression: 'gzip' },
];

test.for(RUNS)("understands Python's exporters: $encoding, compression $compression", async ({ type, compression }) => {
  await using receiver = await startReceiver();
  const sent = recording.requests.filter(
    ({ headers }) => headers['content-type'] === type && (headers as Headers)['content-encoding'] === compression,
  );
  expect(sent.map(({ path }) => path).sort()).toEqual(['/v1/logs', '/v1/metrics', '/v1/traces']);
  for (const one of sent) await replay(receiver, one);
  expect(receiver.evidence.map(({ status, refusal }) => refusal ?? status)).toEqual([200, 200, 200]);

  const { spans, logs, metrics } = receiver.telemetry;
  const [trace, ...more] = buildTraces(spans);
  expect(more).toEqual([]);
  const [root] = trace?.roots ?? [];
  expect(root?.span).toMatchObject({
    name: 'POST /orders',
    kind: 'server',
    service: 'shop',
    scope: { name: 'shop-tracer', version: '1.0.0' },
    status: { code: 'error', message: 'declined' },
    attributes: { 'order.lines': 3, 'order.total': 12.5, 'order.gift': true, 'order.yarns': ['merino', 'alpaca'] },
    events: [{ name: 'declined', attributes: { code: 'card' } }],
  });
  const charge = root?.children[0]?.span;
  expect(charge).toMatchObject({
    name: 'charge card',
    kind: 'client',
    links: [{ traceId: trace?.traceId, spanId: root?.span.spanId, attributes: { a: 'b' } }],
  });
  expect(logs).toMatchObject([
    { body: 'card declined', severityNumber: 13, traceId: trace?.traceId, spanId: charge?.spanId, service: 'shop' },
  ]);
  expect(metrics.find(({ name }) => name === 'orders.placed')).toMatchObject({
    unit: '{order}',
    type: 'sum',
    monotonic: true,
    points: [{ value: 1, attributes: { outcome: 'declined' } }],
  });
});

type Headers = Readonly<Record<string, string | undefined>>;

async function replay(
  { endpoint }: Receiver,
  { path, headers, body }: (typeof recording.requests)[number],
): Promise<void> {
  const sent = request(`${endpoint}${path}`, { method: 'POST', headers: { ...headers } });
  sent.end(Buffer.from(body, 'base64'));
  const [response] = await once(sent, 'response');
  await once(response.resume(), 'end');
}

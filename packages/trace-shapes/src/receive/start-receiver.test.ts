import { once } from 'node:events';
import { Agent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { connect, createServer } from 'node:net';
import { text as consume } from 'node:stream/consumers';
import { deflateSync, gzipSync } from 'node:zlib';
import { BinaryReader } from '@bufbuild/protobuf/wire';
import { expect, test } from 'vitest';
import type { Telemetry } from '../otlp/telemetry.ts';
import { LOOPBACK } from './free-port.ts';
import { type ReceiverOptions, startReceiver } from './start-receiver.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const PROTOBUF_TYPE = { 'content-type': 'application/x-protobuf' };

test('answers a good request in its own encoding, with nothing in it', async () => {
  await using receiver = await startReceiver();
  const json = await post(receiver.endpoint, '/v1/traces', requestOf('a'), {
    'content-type': 'application/json; charset=utf-8',
  });
  expect(json).toEqual({ status: 200, type: 'application/json', body: '{}' });
  const protobuf = await post(receiver.endpoint, '/v1/logs', '', PROTOBUF_TYPE);
  expect(protobuf).toEqual({ status: 200, type: 'application/x-protobuf', body: '' });
});

test('keeps all three signals, and remembers each request', async () => {
  const batches: Telemetry[] = [];
  await using receiver = await startReceiver({ onTelemetry: (arrived) => batches.push(arrived) });
  await post(receiver.endpoint, '/v1/traces', requestOf('a', 'b'));
  await post(
    receiver.endpoint,
    '/v1/logs',
    '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"hi"}}]}]}]}',
  );
  await post(
    receiver.endpoint,
    '/v1/metrics',
    '{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m","gauge":{}}]}]}]}',
  );
  expect(receiver.telemetry).toMatchObject({
    spans: [{ name: 'a' }, { name: 'b' }],
    logs: [{ body: 'hi' }],
    metrics: [{ name: 'm' }],
  });
  expect(batches.map(({ spans, logs, metrics }) => [spans.length, logs.length, metrics.length])).toEqual([
    [2, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
  expect(receiver.evidence).toMatchObject([
    { method: 'POST', path: '/v1/traces', contentType: 'application/json', contentEncoding: '', status: 200, spans: 2 },
    { path: '/v1/logs', status: 200, logs: 1 },
    { path: '/v1/metrics', status: 200, metrics: 1, refusal: undefined },
  ]);
});

test('unpacks gzip', async () => {
  await using receiver = await startReceiver();
  const gzipped = { ...JSON_TYPE, 'content-encoding': 'gzip' };
  expect(await post(receiver.endpoint, '/v1/traces', gzipSync(requestOf('a')), gzipped)).toMatchObject({ status: 200 });
  expect(receiver.telemetry.spans).toMatchObject([{ name: 'a' }]);
});

test('refuses what it cannot take, with words that say what to set', async () => {
  await using receiver = await startReceiver();
  const { endpoint } = receiver;
  const good = requestOf('a');
  const refused: [string, string | Uint8Array, Record<string, string>, number, string][] = [
    [
      '/',
      good,
      JSON_TYPE,
      404,
      `Nothing is at \`/\`. The exporter's \`url\` lacks its path: set it to \`${endpoint}/v1/traces\`, or leave \`url\` out and set OTEL_EXPORTER_OTLP_ENDPOINT=${endpoint}.`,
    ],
    [
      '/v1/traces/v1/traces',
      good,
      JSON_TYPE,
      404,
      `Nothing is at \`/v1/traces/v1/traces\`. \`/v1/traces\` is added to OTEL_EXPORTER_OTLP_ENDPOINT by the exporter: set it to \`${endpoint}\`.`,
    ],
    [
      '/api/v2/spans?a=b',
      good,
      JSON_TYPE,
      404,
      `Nothing is at \`/api/v2/spans\`. Traces go to \`${endpoint}/v1/traces\`, logs to \`/v1/logs\`, metrics to \`/v1/metrics\`.`,
    ],
    [
      '/v1/traces',
      good,
      { 'content-type': 'text/plain' },
      415,
      'The content-type is "text/plain". Set it to application/x-protobuf or application/json.',
    ],
    [
      '/v1/traces',
      Buffer.from(good),
      {},
      415,
      'The content-type is missing. Set it to application/x-protobuf or application/json.',
    ],
    [
      '/v1/traces',
      deflateSync(good),
      { ...JSON_TYPE, 'content-encoding': 'deflate' },
      415,
      'The content-encoding is "deflate". Send gzip or leave it out: OTEL_EXPORTER_OTLP_COMPRESSION=gzip or none.',
    ],
    [
      '/v1/traces',
      good,
      { ...JSON_TYPE, 'content-encoding': 'gzip' },
      400,
      'The content-encoding is gzip, but the body cannot be unpacked: incorrect header check.',
    ],
    [
      '/v1/traces',
      gzipSync(good).subarray(0, 40),
      { ...JSON_TYPE, 'content-encoding': 'gzip' },
      400,
      'The content-encoding is gzip, but the body cannot be unpacked: unexpected end of file.',
    ],
    [
      '/v1/traces',
      '{',
      JSON_TYPE,
      400,
      "The body is not JSON: Expected property name or '}' in JSON at position 1 (line 1 column 2).",
    ],
    [
      '/v1/traces',
      good.replace('"a"', '5'),
      JSON_TYPE,
      400,
      'resourceSpans[0].scopeSpans[0].spans[0].name: 5 is not a string',
    ],
  ];
  for (const [path, body, headers, status, message] of refused) {
    const answer = await post(endpoint, path, body, headers);
    expect({ ...answer, body: JSON.parse(answer.body).message }).toEqual({
      status,
      type: 'application/json',
      body: message,
    });
    expect(receiver.evidence.at(-1)).toMatchObject({
      path: path.replace('?a=b', ''),
      status,
      refusal: message,
      spans: 0,
    });
  }
  expect(receiver.telemetry.spans).toEqual([]);
  expect(receiver.evidence).toHaveLength(refused.length);
});

test('refuses a protobuf request in protobuf', async () => {
  await using receiver = await startReceiver();
  const response = await fetch(`${receiver.endpoint}/`, { method: 'POST', body: 'x', headers: PROTOBUF_TYPE });
  expect(response.headers.get('content-type')).toBe('application/x-protobuf');
  const status = new BinaryReader(new Uint8Array(await response.arrayBuffer()));
  expect([status.tag(), status.int32(), status.tag(), status.string()]).toEqual([
    [1, 0],
    5,
    [2, 2],
    receiver.evidence[0]?.refusal,
  ]);
});

test.each([
  {
    sender: 'a web page',
    headers: { origin: 'https://evil.example' },
    why: (endpoint: string) =>
      `The request has an Origin, "https://evil.example": it comes from a web page, and pages may not send telemetry here. Send it from a program, to \`${endpoint}\`.`,
  },
  {
    sender: 'a page without an address',
    headers: { origin: 'null' },
    why: (endpoint: string) =>
      `The request has an Origin, "null": it comes from a web page, and pages may not send telemetry here. Send it from a program, to \`${endpoint}\`.`,
  },
  {
    sender: 'a name that was pointed here',
    headers: { host: '127.0.0.1.evil.example:4318' },
    why: (endpoint: string) =>
      `The Host is "127.0.0.1.evil.example:4318", and only 127.0.0.1, localhost and [::1] are answered: a web page could use any other name to reach this machine. Set OTEL_EXPORTER_OTLP_ENDPOINT=${endpoint}.`,
  },
])('refuses $sender, remembers it, and lets no page read the answer', async ({ headers, why }) => {
  await using receiver = await startReceiver();
  for (const [method, path] of [
    ['POST', '/v1/traces'],
    ['GET', '/v1/traces'],
    ['OPTIONS', '/v1/traces'],
    ['POST', '/'],
  ] as const) {
    const answer = await ask(receiver.port, { method, path, headers: { ...JSON_TYPE, ...headers } }, requestOf('a'));
    expect(answer).toMatchObject({ status: 403, body: { code: 7, message: why(receiver.endpoint) } });
    expect(answer.headers.filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(receiver.evidence.at(-1)).toMatchObject({ method, path, status: 403, refusal: why(receiver.endpoint) });
  }
  expect(receiver.telemetry.spans).toEqual([]);
});

test.each(['127.0.0.1', 'localhost:4318', 'LOCALHOST', '[::1]:4318'])('takes what is sent to %s', async (host) => {
  await using receiver = await startReceiver();
  const sent = { method: 'POST', path: '/v1/traces', headers: { ...JSON_TYPE, host } };
  expect(await ask(receiver.port, sent, requestOf('a'))).toMatchObject({ status: 200 });
  expect(receiver.telemetry.spans).toHaveLength(1);
});

test('allows POST only', async () => {
  await using receiver = await startReceiver();
  const response = await fetch(`${receiver.endpoint}/v1/traces`);
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
});

test('refuses a body that is too large as soon as it is', async () => {
  await using receiver = await startReceiver({ maxBodyBytes: 1000 });
  const message =
    'The body has more than 1000 bytes, unpacked. Export smaller batches: OTEL_BSP_MAX_EXPORT_BATCH_SIZE=512.';
  const large = 'x'.repeat(1001);
  for (const [body, headers] of [
    [large, JSON_TYPE],
    [new Blob([large]).stream(), JSON_TYPE],
    [gzipSync(large), { ...JSON_TYPE, 'content-encoding': 'gzip' }],
  ] as const) {
    const answer = await post(receiver.endpoint, '/v1/traces', body, headers);
    expect({ ...answer, body: JSON.parse(answer.body).message }).toEqual({
      status: 413,
      type: 'application/json',
      body: message,
    });
  }
  expect(receiver.evidence.map(({ status }) => status)).toEqual([413, 413, 413]);
  expect(await post(receiver.endpoint, '/v1/traces', '{}')).toMatchObject({ status: 200 });
});

test('stops unpacking a gzip bomb at 64 MiB', async () => {
  await using receiver = await startReceiver();
  const member = gzipSync(Buffer.alloc(1024 * 1024));
  const bomb = Buffer.concat(Array.from({ length: 4096 }, () => member));
  const before = process.memoryUsage().arrayBuffers;
  const answer = await post(receiver.endpoint, '/v1/traces', bomb, { ...JSON_TYPE, 'content-encoding': 'gzip' });
  expect(answer).toMatchObject({ status: 413, body: expect.stringContaining('more than 64 MiB') });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200 * 1024 * 1024);
});

test('remembers a client that hangs up in the middle', async () => {
  await using receiver = await startReceiver();
  const socket = connect(receiver.port, LOOPBACK);
  socket.write(
    'POST /v1/traces HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
    () => socket.end(),
  );
  await once(socket.resume(), 'close');
  expect(receiver.evidence).toMatchObject([
    { status: 400, refusal: 'The client hung up before the end of its request.' },
  ]);
});

test('survives clients that hang up anywhere in a request', async () => {
  await using receiver = await startReceiver();
  const body = gzipSync(requestOf('a'));
  const head = 'host: localhost\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length:';
  for (const path of ['/v1/traces', '/']) {
    const whole = Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${head} ${body.length}\r\n\r\n`), body]);
    for (let cut = 1; cut < whole.length; cut += 7) {
      const socket = connect(receiver.port, LOOPBACK).on('error', () => {});
      await new Promise((resolve) => socket.write(whole.subarray(0, cut), resolve));
      socket.resetAndDestroy();
    }
  }
  expect(await post(receiver.endpoint, '/v1/traces', requestOf('b'))).toMatchObject({ status: 200 });
  expect(receiver.telemetry.spans.map(({ name }) => name)).toEqual(['b']);
});

test('tells an exporter over gRPC from silence', async () => {
  await using receiver = await startReceiver();
  const client = connectHttp2(receiver.endpoint);
  client.on('error', () => {});
  await once(client, 'close');
  expect(receiver.evidence.map(({ refusal }) => refusal)).toEqual([
    'It speaks HTTP/2, as exporters over gRPC do. Set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf.',
  ]);
});

test('tells an exporter over https from silence', async () => {
  await using receiver = await startReceiver();
  await fetch(receiver.endpoint.replace('http:', 'https:')).catch(() => {});
  expect(receiver.evidence).toMatchObject([{ status: 400, refusal: expect.stringContaining('http://, not https://') }]);
});

test('keeps no more than it is told to, the newest', async () => {
  await using receiver = await startReceiver({ maxKept: 3 });
  await post(receiver.endpoint, '/v1/traces', requestOf('a', 'b'));
  await post(receiver.endpoint, '/v1/traces', requestOf('c', 'd', 'e'));
  expect(receiver.telemetry.spans.map(({ name }) => name)).toEqual(['c', 'd', 'e']);
  expect(receiver.dropped).toBe(2);
});

test('forgets on clear(), and leaves what was read before as it is', async () => {
  await using receiver = await startReceiver();
  await post(receiver.endpoint, '/v1/traces', requestOf('a'));
  const before = receiver.telemetry;
  receiver.clear();
  await post(receiver.endpoint, '/v1/traces', requestOf('b'));
  expect(before.spans.map(({ name }) => name)).toEqual(['a']);
  expect(receiver.telemetry.spans.map(({ name }) => name)).toEqual(['b']);
  expect(receiver.evidence).toHaveLength(1);
});

test('waits until what arrived is enough', async () => {
  await using receiver = await startReceiver();
  const waiting = receiver.waitUntil('two spans', ({ spans }) => spans.length >= 2, { deadlineMs: 10_000 });
  await post(receiver.endpoint, '/v1/traces', requestOf('a'));
  await post(receiver.endpoint, '/v1/traces', requestOf('b'));
  await waiting;
  await receiver.waitUntil('a span', ({ spans }) => spans.length > 0, { deadlineMs: 0 });
});

test('says at the deadline what it waited for and what came last', async () => {
  await using receiver = await startReceiver();
  await post(receiver.endpoint, '/v1/traces', requestOf('a'));
  await expect(receiver.waitUntil('two spans', ({ spans }) => spans.length >= 2, { deadlineMs: 5 })).rejects.toThrow(
    'Waited 5 ms for two spans: 1 spans, 0 logs and 0 metrics had arrived, the last span `a` of `unknown_service`.',
  );
});

test('ends a wait when it is aborted, or the receiver is closed', async () => {
  await using receiver = await startReceiver();
  const abort = new AbortController();
  const aborted = receiver.waitUntil('a span', () => false, { deadlineMs: 10_000, signal: abort.signal });
  abort.abort(new Error('enough'));
  await expect(aborted).rejects.toThrow('enough');
  const closed = expect(receiver.waitUntil('a span', () => false, { deadlineMs: 10_000 })).rejects.toThrow(
    'The receiver was closed.',
  );
  await receiver[Symbol.asyncDispose]();
  await closed;
});

test('goes on with a connection whose gzip bomb it refused', async () => {
  await using receiver = await startReceiver({ maxBodyBytes: 10 * 1024 * 1024 });
  const member = gzipSync(Buffer.alloc(1024 * 1024));
  const bomb = Buffer.concat(Array.from({ length: 4096 }, () => member));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  expect(await postBy(agent, receiver.endpoint, bomb, { ...JSON_TYPE, 'content-encoding': 'gzip' })).toBe(413);
  expect(await postBy(agent, receiver.endpoint, '{}', JSON_TYPE)).toBe(200);
  agent.destroy();
});

test('closes at once, though clients keep their connections or are in the middle of a request, and twice without harm', async () => {
  const receiver = await startReceiver();
  const agent = new Agent({ keepAlive: true });
  expect(await postBy(agent, receiver.endpoint, '{}', JSON_TYPE)).toBe(200);
  const halfSent = connect(receiver.port, LOOPBACK);
  halfSent.write('POST /v1/traces HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\nexpect: 100-continue\r\n\r\n{');
  await once(halfSent, 'data');
  await receiver[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
  agent.destroy();
  await expect(fetch(receiver.endpoint)).rejects.toThrow();
});

test('closes when its signal is aborted', async () => {
  const abort = new AbortController();
  const receiver = await startReceiver({ signal: abort.signal });
  abort.abort();
  await expect(fetch(receiver.endpoint)).rejects.toThrow();
  await expect(startReceiver({ signal: abort.signal })).rejects.toThrow('aborted');
});

test('says which port is taken', async () => {
  await using holder = createServer();
  await once(holder.listen(0, LOOPBACK), 'listening');
  const address = holder.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const options: ReceiverOptions = { port };
  await expect(startReceiver(options)).rejects.toThrow(
    `Failed to start the receiver: port ${port} of 127.0.0.1 belongs to another program. Stop that one, or leave \`port\` out to get a free one.`,
  );
});

async function post(
  endpoint: string,
  path: string,
  body: string | Uint8Array | ReadableStream,
  headers: Readonly<Record<string, string>> = JSON_TYPE,
) {
  const init = { method: 'POST', body: typeof body === 'string' ? body : toBody(body), headers, duplex: 'half' };
  const response = await fetch(endpoint + path, init as RequestInit);
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
}

/** As a browser does, with any Host or Origin. */
async function ask(port: number, options: RequestOptions, body: string) {
  const request = httpRequest({ host: LOOPBACK, port, agent: false, ...options });
  request.end(options.method === 'POST' ? body : '');
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const text = await consume(response);
  return { status: response.statusCode, headers: Object.keys(response.headers), body: JSON.parse(text) as unknown };
}

async function postBy(agent: Agent, endpoint: string, body: string | Uint8Array, headers: Record<string, string>) {
  const request = httpRequest(`${endpoint}/v1/traces`, { agent, method: 'POST', headers });
  request.end(body);
  const [response] = await once(request, 'response');
  await once(response.resume(), 'end');
  return response.statusCode;
}

function toBody(body: Uint8Array | ReadableStream): NonNullable<RequestInit['body']> {
  return body instanceof Uint8Array ? new Uint8Array(body) : body;
}

function requestOf(...names: string[]): string {
  const spans = names.map((name) => ({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name }));
  return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
}

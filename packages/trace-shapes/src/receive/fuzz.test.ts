import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { judge } from '../explain/explain.ts';
import { inferShape } from '../infer/infer-shape.ts';
import { MalformedTelemetry } from '../otlp/malformed-telemetry.ts';
import { parseOtlpJson, parseOtlpProtobuf, type Signal } from '../otlp/parse-otlp.ts';
import type { LogRecord, Metric, Span, Telemetry } from '../otlp/telemetry.ts';
import { renderTrace } from '../render/render-trace.ts';
import { renderVerdict } from '../render/render-verdict.ts';
import { internal, trace } from '../shape/build.ts';
import { canonicalTraces } from '../snapshot/canonical-trace.ts';
import { mutateBytes, mutateJson, randomNumbers } from '../testing/mutate.ts';
import { sketchSpans } from '../testing/sketch-traces.ts';
import { buildTraces } from '../trace/build-traces.ts';
import recording from './fixtures/python-requests.json' with { type: 'json' };
import { startReceiver } from './start-receiver.ts';

// Real requests of all signals in both encodings, to be spoilt. The same ones every time.
const REAL = recording.requests
  .filter(({ headers }) => !('content-encoding' in headers))
  .map(({ path, headers, body }) => ({
    signal: path.slice('/v1/'.length) as Signal,
    type: headers['content-type'],
    body: Buffer.from(body, 'base64'),
  }));
const JSON_ONES = REAL.filter(({ type }) => type === 'application/json');
const PROTOBUF_ONES = REAL.filter(({ type }) => type !== 'application/json');

afterEach(() => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect('polluted' in {}).toBe(false);
});

test('takes 20,000 spoilt JSON bodies for what they are, or says where they are malformed', () => {
  const random = randomNumbers(1);
  const outcomes = tryAll(20_000, (i) => {
    const { signal, body } = JSON_ONES[i % JSON_ONES.length] as (typeof REAL)[number];
    return parseOtlpJson(signal, i % 2 === 0 ? mutateJson(body.toString(), random) : mutateBytes(body, random));
  });
  expect(outcomes.taken).toBeGreaterThan(2_000);
  expect(outcomes.refused).toBeGreaterThan(2_000);
});

test('takes 20,000 spoilt protobuf bodies for what they are, or says where they are malformed', () => {
  const random = randomNumbers(2);
  const outcomes = tryAll(20_000, (i) => {
    const { signal, body } = PROTOBUF_ONES[i % PROTOBUF_ONES.length] as (typeof REAL)[number];
    return parseOtlpProtobuf(signal, mutateBytes(body, random));
  });
  expect(outcomes.taken).toBeGreaterThan(1_000);
  expect(outcomes.refused).toBeGreaterThan(2_000);
});

test('takes no JSON body that is cut short', () => {
  for (const { signal, body } of JSON_ONES) {
    const text = body.toString().trimEnd();
    for (let end = 0; end < text.length; end++)
      expect(() => parseOtlpJson(signal, text.slice(0, end))).toThrow(MalformedTelemetry);
  }
});

test('answers 2,000 spoilt requests with 200, 400, 413 or 415, and the good one after them with 200', async () => {
  await using receiver = await startReceiver({ maxBodyBytes: 5_000 });
  using agent = closing(new Agent({ keepAlive: true, maxSockets: 8 }));
  const random = randomNumbers(3);
  const post = (body: Buffer, path: string, headers: Readonly<Record<string, string>>) =>
    statusOf(request(`${receiver.endpoint}${path}`, { method: 'POST', agent, headers }).end(body));
  const spoilt = Array.from({ length: 2_000 }, (_, i) => {
    const { signal, type, body } = REAL[i % REAL.length] as (typeof REAL)[number];
    const mutated =
      type === 'application/json' ? Buffer.from(mutateJson(body.toString(), random)) : mutateBytes(body, random);
    const headers = { 'content-type': random(20) === 0 ? 'text/plain' : type };
    if (i % 3 === 0) return post(mutated, `/v1/${signal}`, headers);
    const packed = gzipSync(mutated, { level: 1 });
    return post(i % 3 === 1 ? packed : mutateBytes(packed, random), `/v1/${signal}`, {
      ...headers,
      'content-encoding': 'gzip',
    });
  });
  const statuses = new Set(await Promise.all(spoilt));
  expect([...statuses].sort()).toEqual([200, 400, 413, 415]);
  expect(receiver.evidence.filter(({ refusal }) => refusal === '')).toEqual([]);

  receiver.clear();
  for (const { signal, type, body } of REAL)
    expect(await post(body, `/v1/${signal}`, { 'content-type': type })).toBe(200);
  expect(receiver.telemetry.spans).toHaveLength(4);
});

test('takes an attribute of 10 MB as it is', async () => {
  await using receiver = await startReceiver();
  const value = 'ö'.repeat(5_000_000);
  const span = {
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
    attributes: [{ key: 'big', value: { stringValue: value } }],
  };
  const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
  const sent = request(`${receiver.endpoint}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  });
  expect(await statusOf(sent.end(body))).toBe(200);
  expect(receiver.telemetry.spans[0]?.attributes.big === value).toBe(true);
  expect(
    renderVerdict(judge(trace(internal('x', { attributes: { big: 'small' } })), receiver.telemetry)).length,
  ).toBeLessThan(5_000);
});

test('refuses a million brackets, and values nested without end', () => {
  for (const text of ['[', '{"resourceSpans":[', '{"a":', `{"resourceSpans":[${'{"scopeSpans":['.repeat(5)}`])
    expect(() => parseOtlpJson('traces', text.repeat(1_000_000 / text.length))).toThrow(MalformedTelemetry);
  const nested = Array.from({ length: 20_000 }).reduce(
    (inner: Buffer) => Buffer.concat([Buffer.from([0x0a]), varint(inner.length), inner]),
    Buffer.alloc(0),
  );
  expect(() => parseOtlpProtobuf('traces', nested)).toThrow(MalformedTelemetry);
});

test('judges, draws and writes any spans, with ids that come twice, cycles, parents of themselves and odd times', () => {
  const random = randomNumbers(4);
  const [model] = sketchSpans([{ name: 'x' }]) as [Span];
  const times = [0n, 1n, 2n ** 64n - 1n, 1_700_000_000_000_000_000n];
  for (let round = 0; round < 200; round++) {
    const spans = Array.from({ length: 1 + random(25) }, (): Span => {
      const id = () => `${random(12)}`.padStart(16, '0');
      return {
        ...model,
        traceId: `${random(3)}`.padStart(32, '0'),
        spanId: id(),
        parentSpanId: random(4) === 0 ? undefined : id(),
        name: ['a', 'b', 'toString', '\u001b[31m', ''][random(5)] as string,
        startUnixNano: times[random(4)] as bigint,
        endUnixNano: times[random(4)] as bigint,
      };
    });
    const traces = buildTraces(spans);
    expect(traces.flatMap(({ nodes }) => nodes)).toHaveLength(spans.length);
    const shape = traces.some(({ roots }) => roots.length > 0)
      ? inferShape(traces)
      : trace(internal('a', internal('b')));
    const texts = [
      renderVerdict(judge(shape, traces)),
      canonicalTraces(traces),
      ...traces.map((one) => renderTrace(one)),
    ];
    expect(texts.join('\n')).not.toContain('\u001b');
  }
});

test('stays small when nobody reads', () => {
  const program = join(import.meta.dirname, 'fixtures/receives-much.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--max-old-space-size=40', program], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  // Kept, these spans alone would need more than there is.
  expect(stdout).toBe('kept 2000 of 20000 spans\n');
});

/** Every outcome is either sound telemetry or a `MalformedTelemetry` in few words. */
function tryAll(times: number, parse: (index: number) => Telemetry) {
  const outcomes = { taken: 0, refused: 0 };
  for (let i = 0; i < times; i++) {
    try {
      requireSound(parse(i));
      outcomes.taken++;
    } catch (error) {
      if (!(error instanceof MalformedTelemetry)) throw error;
      if (error.message === '' || error.message.length > 600) throw new Error(`Odd words: ${error.message}`);
      outcomes.refused++;
    }
  }
  return outcomes;
}

function requireSound({ spans, logs, metrics }: Telemetry): void {
  const times = [
    ...logs.flatMap((log) => [log.timeUnixNano, log.observedTimeUnixNano]),
    ...metrics.flatMap(({ points }) => points.flatMap((point) => [point.startUnixNano, point.timeUnixNano])),
  ];
  const problems = [
    ...spans.flatMap(problemsOfSpan),
    ...[...logs, ...metrics].flatMap(problemsOfOrigin),
    ...problemsOfTimes(times),
  ];
  if (problems.length > 0) throw new Error(`A wrong success: ${problems.join(', ')}`);
}

function problemsOfSpan(span: Span): readonly string[] {
  const { traceId, spanId, parentSpanId, name, kind, startUnixNano, endUnixNano, status, links } = span;
  return [
    ...(isId(traceId, 32) && isId(spanId, 16) ? [] : [`ids ${traceId} ${spanId}`]),
    ...(parentSpanId === undefined || isId(parentSpanId, 16) ? [] : [`parent ${parentSpanId}`]),
    ...(typeof name === 'string' ? [] : ['a name that is no text']),
    ...(/^(unspecified|internal|server|client|producer|consumer)$/.test(kind) ? [] : [`kind ${kind}`]),
    ...(/^(unset|ok|error)$/.test(status.code) ? [] : [`status ${status.code}`]),
    ...problemsOfTimes([startUnixNano, endUnixNano, ...span.events.map(({ timeUnixNano }) => timeUnixNano)]),
    ...links.flatMap((link) => (isId(link.traceId, 32) && isId(link.spanId, 16) ? [] : ['a link to no id'])),
    ...problemsOfOrigin(span),
  ];
}

function problemsOfOrigin({ service, resource, scope, ...item }: Span | LogRecord | Metric): readonly string[] {
  const all = [resource.attributes, scope.attributes, ...('attributes' in item ? [item.attributes] : [])];
  return [
    ...(typeof service === 'string' && service !== '' ? [] : ['no service']),
    ...(all.every((attributes) => attributes.constructor === undefined || Object.hasOwn(attributes, 'constructor'))
      ? []
      : ['a prototype']),
  ];
}

function problemsOfTimes(times: readonly bigint[]): readonly string[] {
  return times.every((time) => time >= 0n && time < 2n ** 64n) ? [] : ['a time out of range'];
}

function isId(id: string, length: number): boolean {
  return /^[\da-f]+$/.test(id) && id.length === length && !/^0+$/.test(id);
}

async function statusOf(sent: ReturnType<typeof request>): Promise<number> {
  const [response] = await once(sent, 'response');
  await once(response.resume(), 'end');
  return response.statusCode;
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}

function closing(agent: Agent): Agent & Disposable {
  return Object.assign(agent, { [Symbol.dispose]: () => agent.destroy() });
}

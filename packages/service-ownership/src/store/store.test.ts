import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toJsonLines } from 'trace-shapes';
import { expect, test } from 'vitest';
import { EPOCH_MS, sketchSpans } from '../testing/sketch-spans.ts';
import { storeOf } from '../testing/store-of.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { quote } from './engine.ts';
import { loadFile } from './load-file.ts';
import { loadSpans } from './load-spans.ts';
import { openStore, type SpanStore } from './open-store.ts';

const SPANS = sketchSpans(
  [
    0,
    {
      name: 'POST /orders',
      service: 'shop',
      at: [0, 12.5],
      resource: { 'service.version': '1.2.0' },
      attributes: { 'http.route': '/orders', 'http.response.status_code': 201, tags: ['a', 'b'] },
      children: [{ name: 'POST', service: 'shop', kind: 'client', at: [1, 4], status: 'error' }],
    },
  ],
  [1000, { name: 'GET /yarns', service: 'shop', at: [0, 3] }],
);

const LOOK = `SELECT TraceId, ParentSpanId, SpanName, SpanKind, ServiceName, Duration, StatusCode,
  epoch_ns("Timestamp") / 1e6 - ${EPOCH_MS} AS startMs, ResourceAttributes['service.version'] AS version,
  SpanAttributes['http.response.status_code'] AS status, SpanAttributes['tags'] AS tags
  FROM otel_traces ORDER BY SpanId`;

test('keeps spans that trace-shapes received under the names of the ClickHouse exporter', async () => {
  await using store = await storeOf(SPANS);
  expect(await look(store)).toEqual(EXPECTED);
});

test('has no spans before any are loaded, and all of them when they come in batches', async () => {
  await using store = await openStore();
  expect(await look(store)).toEqual([]);
  for (const span of SPANS) await loadSpans(store, [span]);
  expect(await look(store)).toEqual(EXPECTED);
});

test('reads OTLP JSON lines, and leaves out a last line that was cut short', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'spans.jsonl');
  await writeFile(
    path,
    `${SPANS.map((span) => toJsonLines({ spans: [span], logs: [], metrics: [] })).join('')}{"resour`,
  );
  await using store = await openStore();
  await loadFile(store, path);
  expect(await look(store)).toEqual(EXPECTED);
});

test('reads its own Parquet as it was written, beside other spans', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "it's.parquet");
  await using first = await storeOf(SPANS.slice(0, 2));
  await first.engine.query(`COPY (FROM otel_traces) TO ${quote(path)} (FORMAT parquet)`);
  await using store = await storeOf(SPANS.slice(2));
  await loadFile(store, path);
  expect(await look(store)).toEqual(EXPECTED);
});

test('reads Parquet that has only ids, names and times, and keeps its own columns', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'spans.parquet');
  await using store = await openStore();
  await store.engine.query(`COPY (SELECT 'w1' AS "Window", 't' AS TraceId, 's' AS SpanId, NULL::VARCHAR AS ParentSpanId, 'shop' AS ServiceName,
    'shop-7f' AS PodName, 'GET /' AS SpanName, TIMESTAMP_NS '2026-01-01 00:00:01' AS "Timestamp", 5::UBIGINT AS Duration)
    TO ${quote(path)} (FORMAT parquet)`);
  await loadFile(store, path);
  expect(
    await store.engine.query(
      `SELECT "Window", ParentSpanId, ResourceAttributes['k8s.pod.name'] AS pod, PodName, Duration, StatusCode FROM otel_traces`,
    ),
  ).toEqual([{ Window: 'w1', ParentSpanId: '', pod: 'shop-7f', PodName: 'shop-7f', Duration: 5, StatusCode: 'Unset' }]);
});

test('names the file and the place of what it cannot read', async () => {
  await using folder = await temporaryFolder();
  await using store = await openStore();
  const file = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder.path, name), text);
    return said(() => loadFile(store, join(folder.path, name), name));
  };
  expect(await said(() => loadFile(store, join(folder.path, 'none.jsonl'), 'none.jsonl'))).toMatchInlineSnapshot(
    `"MalformedInput: none.jsonl: failed to read it: there is no such file."`,
  );
  expect(await said(() => loadFile(store, join(folder.path, 'none.parquet'), 'none.parquet'))).toMatchInlineSnapshot(
    `"MalformedInput: none.parquet: it cannot be read as Parquet: there is no such file."`,
  );
  expect(await said(() => loadFile(store, folder.path, 'folder'))).toMatchInlineSnapshot(
    `"MalformedInput: folder: failed to read it: it is a folder."`,
  );
  expect(await file('text.parquet', 'not Parquet')).toMatchInlineSnapshot(
    `"MalformedInput: text.parquet: it cannot be read as Parquet: \`text.parquet\` too small to be a Parquet file"`,
  );
  expect(await file('broken.jsonl', '{"resourceSpans":[]}\n{"resourceSpans":[}\n{}\n')).toMatchInlineSnapshot(
    `"MalformedInput: broken.jsonl: line 2: The body is not JSON: Unexpected token '}', "{"resourceSpans":[}" is not valid JSON."`,
  );
  expect(
    await file('wrong.jsonl', '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"xyz"}]}]}]}'),
  ).toMatchInlineSnapshot(
    `"MalformedInput: wrong.jsonl: line 1: resourceSpans[0].scopeSpans[0].spans[0].traceId: "xyz" is not 32 hex digits"`,
  );
  await store.engine.query(
    `COPY (SELECT 't' AS TraceId) TO ${quote(join(folder.path, 'bare.parquet'))} (FORMAT parquet)`,
  );
  expect(await said(() => loadFile(store, join(folder.path, 'bare.parquet'), 'bare.parquet'))).toMatchInlineSnapshot(
    `"MalformedInput: bare.parquet: it has no column \`SpanId\`, \`ParentSpanId\`, \`ServiceName\`, \`SpanName\`, \`Timestamp\`, \`Duration\`."`,
  );
  expect(await look(store)).toEqual([]);
});

test('spills to disk what is larger than its memory', async () => {
  await using folder = await temporaryFolder();
  await using store = await openStore({ memoryLimitMb: 30, spillDir: folder.path, threads: 1 });
  const [row] = await store.engine.query<{ n: number }>(
    `SELECT count(*) AS n FROM (SELECT md5(i::VARCHAR) AS a FROM range(1000000) t(i) ORDER BY a)
     WHERE a <> ''`,
  );
  expect(row).toEqual({ n: 1_000_000 });
});

function look(store: SpanStore): Promise<readonly object[]> {
  return store.engine.query(LOOK);
}

async function said(deed: () => Promise<unknown>): Promise<string> {
  try {
    await deed();
  } catch (error) {
    return String(error);
  }
  return 'nothing was wrong';
}

const [first, second] = ['1', '2'].map((end) => end.padStart(32, '0'));
const ROOT = { ParentSpanId: '', SpanKind: 'Server', ServiceName: 'shop', StatusCode: 'Unset' };
const EXPECTED = [
  {
    ...ROOT,
    TraceId: first,
    SpanName: 'POST /orders',
    Duration: 12_500_000,
    startMs: 0,
    version: '1.2.0',
    status: '201',
    tags: '["a","b"]',
  },
  {
    TraceId: first,
    ParentSpanId: '3e8'.padStart(16, '0'),
    SpanName: 'POST',
    SpanKind: 'Client',
    ServiceName: 'shop',
    StatusCode: 'Error',
    Duration: 4_000_000,
    startMs: 1,
    version: null,
    status: null,
    tags: null,
  },
  {
    ...ROOT,
    TraceId: second,
    SpanName: 'GET /yarns',
    Duration: 3_000_000,
    startMs: 1000,
    version: null,
    status: null,
    tags: null,
  },
];

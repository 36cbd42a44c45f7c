import { quote } from '../src/store/engine.ts';
import { openStore } from '../src/store/open-store.ts';

/**
 * Writes a Parquet file of so many spans: traces of ten, a storefront that calls four services, of which two call their
 * database and one a fifth service, over an hour; in its second half one service is slower in one trace of three. The same
 * spans for the same number.
 */
export async function makeSpans(path: string, spans: number): Promise<void> {
  await using store = await openStore({ memoryLimitMb: 2048 });
  const traces = Math.round(spans / SHAPE.length);
  const rows = SHAPE.map(
    ({ id, parent, service, operation, kind, startMs, ms }) =>
      `(${id}, ${parent}, ${quote(service)}, ${quote(operation)}, ${quote(kind)}, ${startMs}, ${ms})`,
  );
  await store.engine.query(`COPY (
    SELECT (TIMESTAMP_NS '2026-01-01 00:00:00' + to_microseconds((t * 3600000000 // ${traces} + startMs * 1000)::BIGINT))::TIMESTAMP_NS AS "Timestamp",
      md5('t' || t) AS TraceId, left(md5('s' || t || '-' || id), 16) AS SpanId,
      CASE WHEN parent < 0 THEN '' ELSE left(md5('s' || t || '-' || parent), 16) END AS ParentSpanId,
      operation AS SpanName, kind AS SpanKind, service AS ServiceName,
      MAP {'service.name': service, 'service.version': CASE WHEN service = 'stock' AND t * 2 > ${traces} THEN '1.1.0' ELSE '1.0.0' END} AS ResourceAttributes,
      CASE WHEN kind = 'Client' AND id IN (5, 8) THEN MAP {'db.system.name': 'postgresql', 'db.namespace': service} ELSE MAP {} END AS SpanAttributes,
      ((ms * (0.8 + (hash(t * 16 + id) % 1000) / 2500.0)
        + CASE WHEN service = 'stock' AND t * 2 > ${traces} AND t % 3 = 0 THEN 80 ELSE 0 END) * 1000000)::BIGINT AS Duration,
      CASE WHEN hash(t * 16 + id) % 500 = 0 THEN 'Error' ELSE 'Unset' END AS StatusCode
    FROM range(${traces}) AS traces(t), (VALUES ${rows.join(', ')}) AS shape(id, parent, service, operation, kind, startMs, ms)) TO ${quote(path)} (FORMAT parquet, COMPRESSION zstd)`);
}

const SHAPE = [
  { id: 0, parent: -1, service: 'storefront', operation: 'GET /skeins/:id', kind: 'Server', startMs: 0, ms: 200 },
  { id: 1, parent: 0, service: 'storefront', operation: 'GET', kind: 'Client', startMs: 5, ms: 40 },
  { id: 2, parent: 1, service: 'prices', operation: 'GET /prices', kind: 'Server', startMs: 6, ms: 30 },
  { id: 3, parent: 0, service: 'storefront', operation: 'GET', kind: 'Client', startMs: 50, ms: 60 },
  { id: 4, parent: 3, service: 'stock', operation: 'GET /stock', kind: 'Server', startMs: 51, ms: 50 },
  { id: 5, parent: 4, service: 'stock', operation: 'SELECT', kind: 'Client', startMs: 55, ms: 30 },
  { id: 6, parent: 0, service: 'storefront', operation: 'GET', kind: 'Client', startMs: 115, ms: 60 },
  { id: 7, parent: 6, service: 'provenance', operation: 'GET /sheep', kind: 'Server', startMs: 116, ms: 50 },
  { id: 8, parent: 7, service: 'provenance', operation: 'SELECT', kind: 'Client', startMs: 120, ms: 20 },
  { id: 9, parent: 7, service: 'flock-book', operation: 'GET /flock', kind: 'Server', startMs: 141, ms: 20 },
];

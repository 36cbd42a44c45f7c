import { MalformedInput } from '../read/malformed-input.ts';
import { quote } from './engine.ts';
import { addSource, type SpanStore } from './open-store.ts';
import { SPAN_COLUMNS } from './span-columns.ts';

/**
 * Shows a Parquet file's spans in `otel_traces` without copying them: a question reads the columns that it asks for.
 * The file has the exporter's columns, or some of them: ids, service, name, start and duration must be there. `PodName`
 * becomes the attribute `k8s.pod.name`. Other columns stay as they are.
 */
export async function loadParquet(store: SpanStore, path: string, file = path): Promise<void> {
  const types = await describe(store, path, file);
  const missing = REQUIRED.filter((name) => !types.has(name));
  if (missing.length > 0) throw new MalformedInput(file, '', `it has no column ${missing.map(ticked).join(', ')}.`);
  const name = `parquet_${store.sources.length}`;
  const known = SPAN_COLUMNS.map(([column, type]) => `${expression(column, type, types, file)} AS "${column}"`);
  const others = [...types.keys()].filter((column) => !KNOWN.has(column)).map(quoteName);
  await store.connection.run(
    `CREATE OR REPLACE TEMP VIEW ${name} AS SELECT ${[...known, ...others].join(', ')} FROM read_parquet(${quote(path)})`,
  );
  await addSource(store, name);
}

async function describe(store: SpanStore, path: string, file: string): Promise<ReadonlyMap<string, string>> {
  try {
    const rows = await store.engine.query<{ column_name: string; column_type: string }>(
      `DESCRIBE SELECT * FROM read_parquet(${quote(path)})`,
    );
    return new Map(rows.map(({ column_name, column_type }) => [column_name, column_type]));
  } catch (error) {
    throw new MalformedInput(file, '', `it cannot be read as Parquet: ${saidBy(error, path, file)}`);
  }
}

function saidBy(error: unknown, path: string, file: string): string {
  const text = error instanceof Error ? error.message : String(error);
  if (text.includes('No files found')) return 'there is no such file.';
  const [line = ''] = text.split('\n', 1);
  return line
    .replace(/^[\w ]*Error: /, '')
    .replace(/^File /, '')
    .replaceAll(`'${path}'`, ticked(file));
}

function expression(column: string, type: string, types: ReadonlyMap<string, string>, file: string): string {
  const has = types.get(column);
  if (has === undefined) return absent(column, type, types);
  const convert = CONVERSIONS.find(({ to, from }) => to === type && from.test(has));
  if (!convert) throw new MalformedInput(file, `column ${ticked(column)}`, `it is ${has}; expected ${type}.`);
  return refine(column, convert.by(quoteName(column)));
}

function absent(column: string, type: string, types: ReadonlyMap<string, string>): string {
  if (column === 'ResourceAttributes' && types.has('PodName')) return `MAP {'k8s.pod.name': PodName}`;
  if (column === 'StatusCode') return `'Unset'`;
  if (column === 'SpanKind') return `'Unspecified'`;
  if (type === 'VARCHAR') return `''`;
  return type.startsWith('MAP') ? `MAP {}::${type}` : `[]::${type}`;
}

/** What older exporters wrote otherwise, and what stands for nothing. */
function refine(column: string, sql: string): string {
  if (column === 'ParentSpanId') return `coalesce(${sql}, '')`;
  if (column === 'StatusCode') return `CASE ${sql} WHEN 'STATUS_CODE_ERROR' THEN 'Error' ELSE ${sql} END`;
  return sql;
}

const asIs = (sql: string): string => sql;
const CONVERSIONS: readonly { readonly to: string; readonly from: RegExp; readonly by: (sql: string) => string }[] = [
  { to: 'TIMESTAMP_NS', from: /^TIMESTAMP_NS$/, by: asIs },
  { to: 'TIMESTAMP_NS', from: /^TIMESTAMP WITH TIME ZONE$/, by: (sql) => `make_timestamp_ns(epoch_ns(${sql}))` },
  { to: 'TIMESTAMP_NS', from: /^(TIMESTAMP|VARCHAR)/, by: (sql) => `${sql}::TIMESTAMP_NS` },
  { to: 'TIMESTAMP_NS', from: /^U?BIGINT$/, by: (sql) => `make_timestamp_ns(${sql}::BIGINT)` },
  { to: 'BIGINT', from: /^BIGINT$/, by: asIs },
  { to: 'BIGINT', from: /^(U?(BIGINT|INTEGER|SMALLINT|TINYINT)|DOUBLE|FLOAT)$/, by: (sql) => `${sql}::BIGINT` },
  { to: 'VARCHAR', from: /^VARCHAR$/, by: asIs },
  { to: 'VARCHAR', from: /^BLOB$/, by: (sql) => `decode(${sql})` },
  { to: 'VARCHAR', from: /^ENUM/, by: (sql) => `${sql}::VARCHAR` },
  { to: 'MAP(VARCHAR, VARCHAR)', from: /^MAP\(VARCHAR, VARCHAR\)$/, by: asIs },
  { to: 'MAP(VARCHAR, VARCHAR)', from: /^(JSON|VARCHAR)$/, by: (sql) => `${sql}::JSON::MAP(VARCHAR, VARCHAR)` },
  { to: 'VARCHAR[]', from: /^VARCHAR\[\]$/, by: asIs },
];

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function ticked(name: string): string {
  return `\`${name}\``;
}

const REQUIRED = ['TraceId', 'SpanId', 'ParentSpanId', 'ServiceName', 'SpanName', 'Timestamp', 'Duration'];
const KNOWN = new Set(SPAN_COLUMNS.map(([name]) => name));

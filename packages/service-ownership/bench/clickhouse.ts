import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CLICKHOUSE_WORDS, type Engine, type Params, quote } from '../src/store/engine.ts';
import type { SpanStore } from '../src/store/open-store.ts';

/** The seam on ClickHouse. */
export interface ClickHouse extends AsyncDisposable {
  readonly engine: Engine;
  /** Replaces `otel_traces` by the spans of a store. `path` is a Parquet file that it may write. */
  readonly take: (store: SpanStore, path: string) => Promise<void>;
}

/** Starts the ClickHouse that `python`, which has chdb, has inside. */
export async function startClickHouse(python: string): Promise<ClickHouse> {
  const child = spawn(python, [fileURLToPath(new URL('clickhouse.py', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await once(child, 'spawn');
  for (const setting of SETTINGS) await ask(`SET ${setting}`);
  return {
    engine: {
      words: CLICKHOUSE_WORDS,
      query: async <Row extends object>(sql: string, params?: Params) => (await ask(withValues(sql, params))) as Row[],
    },
    async take(store, path) {
      await store.connection.run(
        `COPY (SELECT ${COLUMNS.join(', ')} FROM otel_traces) TO ${quote(path)} (FORMAT parquet)`,
      );
      for (const sql of ['DROP TABLE IF EXISTS otel_traces', TABLE]) await ask(sql);
      await ask(
        `INSERT INTO otel_traces (${COLUMNS.join(', ')}) SELECT ${COLUMNS.join(', ')} FROM file(${quote(path)}, Parquet)`,
      );
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };

  async function ask(sql: string): Promise<readonly object[]> {
    child.stdin.write(`${JSON.stringify(sql)}\n`);
    const { value, done } = await answers.next();
    if (done) throw new Error(`\`${python}\` ended. Does it have chdb? Try: ${python} -m pip install chdb`);
    const answer = JSON.parse(value) as Answer;
    if (answer.error !== undefined) throw new Error(`${answer.error.split('\n', 1)[0]}\n${sql}`);
    return answer.data.map((row) => withNumbers(row, answer.meta ?? []));
  }
}

interface Answer {
  readonly error?: string;
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly meta?: readonly { readonly name: string; readonly type: string }[];
}

function withValues(sql: string, params: Params = {}): string {
  return sql.replace(/\$(\w+)/g, (_, name: string) => {
    const value = params[name];
    return typeof value === 'string' ? quote(value) : `${value}`;
  });
}

/** Whole numbers of 64 bits come as texts, so that no digit is lost. */
function withNumbers(row: Answer['data'][number], meta: NonNullable<Answer['meta']>): object {
  const wide = new Set(meta.filter(({ type }) => /^(Nullable\()?U?Int64/.test(type)).map(({ name }) => name));
  const toNumber = (text: string) => (Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text));
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      wide.has(name) && typeof value === 'string' ? toNumber(value) : value,
    ]),
  );
}

const SETTINGS = ['join_use_nulls = 1', 'output_format_json_quote_64bit_integers = 1'];

const COLUMNS = [
  'Timestamp',
  'TraceId',
  'SpanId',
  'ParentSpanId',
  'SpanName',
  'SpanKind',
  'ServiceName',
  'ResourceAttributes',
  'SpanAttributes',
  'Duration',
  'StatusCode',
  '"Window"',
];

/** As the Collector's exporter makes it, with `Window`. */
const TABLE = `CREATE TABLE otel_traces (
  Timestamp DateTime64(9), TraceId String, SpanId String, ParentSpanId String, TraceState String,
  SpanName LowCardinality(String), SpanKind LowCardinality(String), ServiceName LowCardinality(String),
  ResourceAttributes Map(LowCardinality(String), String), ScopeName String, ScopeVersion String,
  SpanAttributes Map(LowCardinality(String), String), Duration UInt64, StatusCode LowCardinality(String), StatusMessage String,
  Events Nested (Timestamp DateTime64(9), Name LowCardinality(String), Attributes Map(LowCardinality(String), String)),
  Links Nested (TraceId String, SpanId String, TraceState String, Attributes Map(LowCardinality(String), String)),
  Window LowCardinality(String)
) ENGINE = MergeTree ORDER BY (ServiceName, SpanName, toDateTime(Timestamp))`;

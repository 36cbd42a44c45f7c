import { type DuckDBConnection, DuckDBInstance, type JS } from '@duckdb/node-api';
import { DUCKDB_WORDS, type Engine, type Params } from './engine.ts';
import { EMPTY_SOURCE } from './span-columns.ts';

/** A database of spans. Who opens it closes it. */
export interface SpanStore extends AsyncDisposable {
  readonly engine: Engine;
  /** For what loads spans; everything else asks the engine. */
  readonly connection: DuckDBConnection;
  /** Names of the tables and views that `otel_traces` is made of, in the order in which they were added. */
  readonly sources: string[];
}

export interface StoreOptions {
  /** A file to keep the spans in; in memory if left out. */
  readonly path?: string;
  /** What DuckDB may hold in memory before it spills. Default 1024. */
  readonly memoryLimitMb?: number;
  /** Where it spills to; nowhere if left out, and then too large a question fails. */
  readonly spillDir?: string;
  /** Default: as many as the machine has. */
  readonly threads?: number;
}

/** Opens a database with an empty `otel_traces`. Nothing is fetched from the network, ever. */
export async function openStore(options: StoreOptions = {}): Promise<SpanStore> {
  const instance = await DuckDBInstance.create(options.path ?? ':memory:', configOf(options));
  const connection = await instance.connect();
  const inTurn = createQueue();
  const store: SpanStore = {
    engine: { query: (sql, params) => inTurn(() => query(connection, sql, params)), words: DUCKDB_WORDS },
    connection,
    sources: [],
    [Symbol.asyncDispose]: () =>
      inTurn(async () => {
        connection.closeSync();
        instance.closeSync();
      }),
  };
  await showSources(store);
  return store;
}

/** Makes `otel_traces` show one more table or view of spans. */
export async function addSource(store: SpanStore, name: string): Promise<void> {
  if (!store.sources.includes(name)) store.sources.push(name);
  await showSources(store);
}

async function showSources({ connection, sources }: SpanStore): Promise<void> {
  const all = sources.length === 0 ? EMPTY_SOURCE : sources.map((name) => `FROM ${name}`).join(' UNION ALL BY NAME ');
  await connection.run(`CREATE OR REPLACE VIEW otel_traces AS ${all}`);
}

function configOf({ memoryLimitMb = 1024, spillDir, threads }: StoreOptions): Record<string, string> {
  return {
    memory_limit: `${memoryLimitMb}MB`,
    temp_directory: spillDir ?? '',
    preserve_insertion_order: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    ...(threads === undefined ? {} : { threads: String(threads) }),
  };
}

/** Runs one thing after another: to close a connection under a running query takes the whole process down. */
function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}

async function query<Row extends object>(
  connection: DuckDBConnection,
  sql: string,
  params?: Params,
): Promise<readonly Row[]> {
  const reader = await connection.runAndReadAll(sql, params && { ...params });
  return reader.getRowObjectsJS().map((row) => toPlain(row) as Row);
}

function toPlain(row: Record<string, JS>): Record<string, JS> {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, toNumber(value)]));
}

function toNumber(value: JS): JS {
  if (Array.isArray(value)) return value.map(toNumber);
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

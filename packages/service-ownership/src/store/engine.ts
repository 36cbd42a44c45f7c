/** What a query may be given for `$name`. */
export type Params = Readonly<Record<string, string | number | bigint | boolean | null>>;

/**
 * The one seam to the database that holds the spans. Its SQL keeps to what DuckDB and ClickHouse both understand, over a
 * table `otel_traces` with the columns of the Collector's ClickHouse exporter; the few words that differ are in `words`.
 * Therefore no name that a query gives is that of a column which it still aggregates (ClickHouse takes the name first),
 * joins leave NULL where there is nothing (`join_use_nulls = 1` there), and truth is a word or a number, never a boolean.
 */
export interface Engine {
  /**
   * Runs one statement. Rows are plain objects; integers come as `number` where that is exact, else as `bigint`.
   * @example await engine.query<{ n: number }>('SELECT count(*) AS n FROM otel_traces WHERE ServiceName = $service', { service: 'shop' })
   */
  readonly query: <Row extends object>(sql: string, params?: Params) => Promise<readonly Row[]>;
  readonly words: EngineWords;
}

/** SQL expressions that the engines word differently. Each takes and returns SQL. */
export interface EngineWords {
  /** A quantile of an expression over the group, `share` from 0 to 1. */
  readonly quantile: (expression: string, share: number) => string;
  /** Several quantiles at once, as an array, which costs little more than one. */
  readonly quantiles: (expression: string, shares: readonly number[]) => string;
  /** An attribute's value; the empty string if the map does not have it. */
  readonly attribute: (map: 'ResourceAttributes' | 'SpanAttributes', key: string, table?: string) => string;
  /** Milliseconds since the epoch, with fractions, of a timestamp. */
  readonly epochMs: (timestamp: string) => string;
  /** Nanoseconds since the epoch, a whole number, of a timestamp. */
  readonly epochNano: (timestamp: string) => string;
  /** A whole number of 64 bits that stands for these texts; equal for equal ones. */
  readonly hash: (...expressions: readonly string[]) => string;
  /** For a list of columns: `Key` and `Value` of each pair of a map, a row each. */
  readonly pairs: (map: string) => string;
}

/** DuckDB's words. */
export const DUCKDB_WORDS: EngineWords = {
  quantile: (expression, share) => `quantile_cont(${expression}, ${share})`,
  quantiles: (expression, shares) => `quantile_cont(${expression}, [${shares.join(', ')}])`,
  attribute: (map, key, table) => `coalesce(${table ? `${table}.` : ''}${map}[${quote(key)}], '')`,
  epochMs: (timestamp) => `(epoch_ns(${timestamp}) / 1e6)`,
  epochNano: (timestamp) => `epoch_ns(${timestamp})`,
  hash: (...expressions) => `hash(${expressions.join(', ')})`,
  pairs: (map) => `unnest(map_keys(${map})) AS Key, unnest(map_values(${map})) AS Value`,
};

/**
 * ClickHouse's words, for those who run the same queries there: in one session, as they make temporary tables, and with a
 * column `Window` of texts added to the exporter's table.
 */
export const CLICKHOUSE_WORDS: EngineWords = {
  quantile: (expression, share) => `quantileExactInclusive(${share})(${expression})`,
  quantiles: (expression, shares) => `quantilesExactInclusive(${shares.join(', ')})(${expression})`,
  attribute: (map, key, table) => `${table ? `${table}.` : ''}${map}[${quote(key)}]`,
  epochMs: (timestamp) => `(toUnixTimestamp64Nano(${timestamp}) / 1e6)`,
  epochNano: (timestamp) => `toUnixTimestamp64Nano(${timestamp})`,
  // The hash of a low-cardinality column alone would be of low cardinality too, which no table takes.
  hash: (...expressions) => `CAST(cityHash64(${expressions.join(', ')}) AS UInt64)`,
  pairs: (map) => `(arrayJoin(CAST(${map}, 'Array(Tuple(String, String))')) AS Pair).1 AS Key, Pair.2 AS Value`,
};

/** A text as a literal of SQL. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The columns of `otel_traces`: those of the Collector's ClickHouse exporter, with DuckDB's types, and `Window`. */
export const SPAN_COLUMNS: readonly (readonly [name: string, type: string])[] = [
  ['Timestamp', 'TIMESTAMP_NS'],
  ['TraceId', 'VARCHAR'],
  ['SpanId', 'VARCHAR'],
  ['ParentSpanId', 'VARCHAR'],
  ['TraceState', 'VARCHAR'],
  ['SpanName', 'VARCHAR'],
  ['SpanKind', 'VARCHAR'],
  ['ServiceName', 'VARCHAR'],
  ['ResourceAttributes', 'MAP(VARCHAR, VARCHAR)'],
  ['ScopeName', 'VARCHAR'],
  ['ScopeVersion', 'VARCHAR'],
  ['SpanAttributes', 'MAP(VARCHAR, VARCHAR)'],
  ['Duration', 'BIGINT'],
  ['StatusCode', 'VARCHAR'],
  ['StatusMessage', 'VARCHAR'],
  ['Events.Name', 'VARCHAR[]'],
  ['Links.TraceId', 'VARCHAR[]'],
  ['Links.SpanId', 'VARCHAR[]'],
  // Not the exporter's: a label for a set of spans, such as a case of a labelled data set.
  ['Window', 'VARCHAR'],
];

/** `SELECT` of no spans, with all columns. */
export const EMPTY_SOURCE = `SELECT ${SPAN_COLUMNS.map(([name, type]) => `NULL::${type} AS "${name}"`).join(', ')} WHERE false`;

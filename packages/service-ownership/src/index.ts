// Who owns what, which promises hold, whom to page and what changed: from spans.
export { MalformedInput } from './read/malformed-input.ts';
export { CLICKHOUSE_WORDS, DUCKDB_WORDS, type Engine, type EngineWords, type Params } from './store/engine.ts';
export { loadFile } from './store/load-file.ts';
export { loadSpans } from './store/load-spans.ts';
export { openStore, type SpanStore, type StoreOptions } from './store/open-store.ts';
export { type Changes, type Suspect, whatChanged } from './what-changed/what-changed.ts';

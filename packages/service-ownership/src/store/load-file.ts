import { loadOtlpFile } from './load-otlp-file.ts';
import { loadParquet } from './load-parquet.ts';
import type { SpanStore } from './open-store.ts';

/** Adds a file's spans: Parquet by its name (`.parquet`), else OTLP JSON lines. `file` is its name in messages. */
export async function loadFile(store: SpanStore, path: string, file = path): Promise<void> {
  if (path.endsWith('.parquet')) await loadParquet(store, path, file);
  else await loadOtlpFile(store, path, file);
}

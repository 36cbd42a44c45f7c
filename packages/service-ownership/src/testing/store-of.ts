import type { Span } from 'trace-shapes';
import { loadSpans } from '../store/load-spans.ts';
import { openStore, type SpanStore } from '../store/open-store.ts';

/** A store in memory with these spans. */
export async function storeOf(spans: readonly Span[]): Promise<SpanStore> {
  const store = await openStore({ threads: 1 });
  await loadSpans(store, spans);
  return store;
}

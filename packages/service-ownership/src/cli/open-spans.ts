import { resolve } from 'node:path';
import { loadFile } from '../store/load-file.ts';
import { loadSpans } from '../store/load-spans.ts';
import { openStore, type SpanStore } from '../store/open-store.ts';
import { toNumber } from './parse-arguments.ts';
import { type Surroundings, UsageError } from './surroundings.ts';

interface SpanOptions {
  readonly spans: readonly string[];
  readonly memory: string;
}

/** A store with the spans of the files that `--spans` names, or with those to fall back on. The caller closes it. */
export async function openSpans({ spans, memory }: SpanOptions, surroundings: Surroundings): Promise<SpanStore> {
  const memoryLimitMb = toNumber(memory, '--memory', [32, 1_000_000]);
  const store = await openStore({ memoryLimitMb, spillDir: surroundings.spillDir });
  try {
    for (const file of spans) await loadFile(store, resolve(surroundings.cwd, file), file);
    if (spans.length === 0) await loadDefault(store, surroundings);
    return store;
  } catch (error) {
    await store[Symbol.asyncDispose]();
    throw error;
  }
}

async function loadDefault(store: SpanStore, { defaultSpans }: Surroundings): Promise<void> {
  const spans = await defaultSpans?.();
  if (spans === undefined) throw new UsageError('No spans to look at. Name a file of them: --spans FILE.');
  await loadSpans(store, spans);
}

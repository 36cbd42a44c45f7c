import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { MalformedTelemetry, parseJsonLines, type Span } from 'trace-shapes';
import { MalformedInput, reasonOf } from '../read/malformed-input.ts';
import { loadSpans } from './load-spans.ts';
import type { SpanStore } from './open-store.ts';

/** Adds the spans of a file of OTLP JSON lines, as the Collector's file exporter writes it, a batch at a time. */
export async function loadOtlpFile(store: SpanStore, path: string, file = path): Promise<void> {
  let batch: Span[] = [];
  for await (const spans of readSpans(path, file)) {
    batch.push(...spans);
    if (batch.length < BATCH) continue;
    await loadSpans(store, batch);
    batch = [];
  }
  await loadSpans(store, batch);
}

async function* readSpans(path: string, file: string): AsyncGenerator<readonly Span[]> {
  let number = 0;
  let pending = '';
  for await (const line of readLines(path, file)) {
    if (number > 0) yield parse(`${pending}\n`, number, file);
    pending = line;
    number += 1;
  }
  // Whoever wrote the last line may have been killed while it did: without its end it is left out.
  if (number > 0) yield parse(pending, number, file);
}

async function* readLines(path: string, file: string): AsyncGenerator<string> {
  const input = createReadStream(path);
  try {
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (error) {
    throw new MalformedInput(file, '', `failed to read it: ${reasonOf(error)}`);
  } finally {
    input.destroy();
  }
}

function parse(line: string, number: number, file: string): readonly Span[] {
  try {
    return parseJsonLines(line).spans;
  } catch (error) {
    if (!(error instanceof MalformedTelemetry)) throw error;
    throw new MalformedInput(file, `line ${number}`, error.problem);
  }
}

/** Enough for DuckDB to be quick, and some 50 MB of memory. */
const BATCH = 20_000;

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseJsonLines, type Telemetry } from 'trace-shapes';
import { type StoredRun, storeRun } from '../telemetry/store.ts';

/** A span for a sketch; times are milliseconds from the start of the run. */
export type SketchedSpan = {
  readonly trace: string;
  readonly id: string;
  readonly parent?: string;
  readonly name: string;
  readonly at: number;
  readonly for: number;
  readonly service?: string;
  readonly kind?: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  readonly error?: boolean;
  readonly attributes?: Readonly<Record<string, string>>;
};

/** When every sketched run began: 02:00:00 UTC. */
export const SKETCH_START_MS = Date.UTC(2026, 10, 20, 2);

/** Telemetry of spans alone, as if it had come over OTLP; ids are filled up with zeros. */
export function sketchTelemetry(spans: readonly SketchedSpan[]): Telemetry {
  return parseJsonLines(
    `${spans.map((span) => JSON.stringify({ resourceSpans: [resourceSpansOf(span)] })).join('\n')}\n`,
  );
}

/** A folder that stands for a project in which this run was kept; disposing removes it. */
export async function projectWithRun(run: Partial<StoredRun>) {
  const root = await mkdtemp(join(tmpdir(), 'untangle-look-'));
  await storeRun(join(root, '.workshop'), {
    source: 'check 02-spans-that-explain',
    at: new Date(SKETCH_START_MS + 2_000).toISOString(),
    telemetry: sketchTelemetry([]),
    log: [],
    paths: [],
    explainedShare: undefined,
    ...run,
  });
  return { root, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) };
}

function resourceSpansOf(span: SketchedSpan): object {
  const { service = 'shop', kind = 'internal', error, attributes = {} } = span;
  const nanos = (ms: number) => `${BigInt(SKETCH_START_MS + ms) * 1_000_000n}`;
  const sketched = {
    traceId: span.trace.padEnd(32, '0'),
    spanId: span.id.padEnd(16, '0'),
    ...(span.parent && { parentSpanId: span.parent.padEnd(16, '0') }),
    name: span.name,
    kind: { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 }[kind],
    startTimeUnixNano: nanos(span.at),
    endTimeUnixNano: nanos(span.at + span.for),
    attributes: attributesOf(attributes),
    ...(error && { status: { code: 2 } }),
  };
  const resource = { attributes: attributesOf({ 'service.name': service }) };
  return { resource, scopeSpans: [{ scope: { name: 'by hand' }, spans: [sketched] }] };
}

function attributesOf(attributes: Readonly<Record<string, string>>): object[] {
  return Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } }));
}

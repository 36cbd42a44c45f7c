import type { Attributes, Resource, Span, SpanKind, StatusCode } from 'trace-shapes';

/** A span of a test: what matters of it, and its children. */
export interface Sketch {
  readonly name: string;
  readonly service: string;
  /** Default: server. */
  readonly kind?: SpanKind;
  /** Milliseconds after the start of the trace, and how long. */
  readonly at: readonly [startMs: number, durationMs: number];
  readonly status?: StatusCode;
  readonly attributes?: Attributes;
  readonly resource?: Attributes;
  readonly children?: readonly Sketch[];
}

/** The spans of traces, whose roots start at given milliseconds since 2026-01-01. Ids are made of the order alone. */
export function sketchSpans(...traces: readonly (readonly [startMs: number, root: Sketch])[]): readonly Span[] {
  return traces.flatMap(([startMs, root], i) => {
    const traceId = id(i + 1, 32);
    let spans = 0;
    const lay = (sketch: Sketch, parentSpanId: string | undefined): readonly Span[] => {
      const spanId = id((i + 1) * 1000 + spans++, 16);
      const own = toSpan(sketch, startMs, { traceId, spanId, parentSpanId });
      return [own, ...(sketch.children ?? []).flatMap((child) => lay(child, spanId))];
    };
    return lay(root, undefined);
  });
}

function toSpan(sketch: Sketch, traceStartMs: number, ids: Pick<Span, 'traceId' | 'spanId' | 'parentSpanId'>): Span {
  const [startMs, durationMs] = sketch.at;
  const startUnixNano = toNano(EPOCH_MS + traceStartMs + startMs);
  return {
    ...ids,
    ...NOTHING_ELSE,
    name: sketch.name,
    kind: sketch.kind ?? 'server',
    startUnixNano,
    endUnixNano: startUnixNano + toNano(durationMs),
    attributes: sketch.attributes ?? {},
    status: { code: sketch.status ?? 'unset', message: '' },
    resource: resourceOf(sketch),
    service: sketch.service,
  };
}

function resourceOf({ service, resource }: Sketch): Resource {
  return { attributes: { 'service.name': service, ...resource }, droppedAttributesCount: 0, schemaUrl: '' };
}

function toNano(ms: number): bigint {
  return BigInt(Math.round(ms * 1000)) * 1000n;
}

function id(number: number, length: number): string {
  return number.toString(16).padStart(length, '0');
}

/** When sketched traces begin. */
export const EPOCH_MS = Date.UTC(2026, 0, 1);
const NOTHING_ELSE = {
  traceState: '',
  flags: 1,
  events: [],
  links: [],
  droppedAttributesCount: 0,
  droppedEventsCount: 0,
  droppedLinksCount: 0,
  scope: { name: 'sketch', version: '', attributes: {}, droppedAttributesCount: 0, schemaUrl: '' },
} as const;

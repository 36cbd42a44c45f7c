import type { Attributes, Span, SpanKind, StatusCode } from '../otlp/telemetry.ts';
import { buildTraces } from '../trace/build-traces.ts';
import type { Trace } from '../trace/trace.ts';

/** A span of a test, written as its name, what differs from the usual, and its children. */
export interface SketchedSpan {
  readonly name: string;
  readonly kind?: SpanKind;
  readonly service?: string;
  readonly scope?: string;
  readonly status?: StatusCode;
  readonly attributes?: Attributes;
  readonly events?: readonly string[];
  /** Milliseconds after the start of the trace, and how long. */
  readonly at?: readonly [start: number, duration: number];
  /** Left out of what arrives, as a span that never ended is. */
  readonly lost?: boolean;
  readonly children?: readonly SketchedSpan[];
}

/** Turns sketches, one for each trace, into traces as the receiver would have built them. */
export function sketchTraces(...roots: readonly SketchedSpan[]): readonly Trace[] {
  return buildTraces(sketchSpans(roots));
}

/** Turns sketches, one for each trace, into spans; of any number and depth. */
export function sketchSpans(roots: readonly SketchedSpan[]): readonly Span[] {
  const spans: Span[] = [];
  roots.forEach((root, i) => {
    const traceId = String(i + 1)
      .padStart(6, '0')
      .padEnd(32, '0');
    const pending: Draft[] = [{ sketch: root, parentSpanId: undefined, depth: 0 }];
    for (let order = 1, next = pending.pop(); next !== undefined; order++, next = pending.pop()) {
      const { sketch, parentSpanId, depth } = next;
      const spanId = String(order).padStart(16, '0');
      if (!sketch.lost) spans.push(toSpan(sketch, { traceId, spanId, parentSpanId, depth, order }));
      for (const child of sketch.children?.toReversed() ?? [])
        pending.push({ sketch: child, parentSpanId: spanId, depth: depth + 1 });
    }
  });
  return spans;
}

interface Draft extends Pick<Place, 'parentSpanId' | 'depth'> {
  readonly sketch: SketchedSpan;
}

interface Place {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly depth: number;
  readonly order: number;
}

function toSpan(sketch: SketchedSpan, { traceId, spanId, parentSpanId, depth, order }: Place): Span {
  // Siblings start in the order in which they are written.
  const [start, duration] = sketch.at ?? [depth + order / 1e6, Math.max(100 - 10 * depth, 1)];
  const service = sketch.service ?? 'shop';
  return {
    traceId,
    spanId,
    parentSpanId,
    traceState: '',
    flags: 1,
    name: sketch.name,
    kind: sketch.kind ?? 'internal',
    startUnixNano: EPOCH + BigInt(Math.round(start * 1e6)),
    endUnixNano: EPOCH + BigInt(Math.round((start + duration) * 1e6)),
    attributes: sketch.attributes ?? {},
    events: (sketch.events ?? []).map((name) => ({
      name,
      timeUnixNano: EPOCH,
      attributes: {},
      droppedAttributesCount: 0,
    })),
    links: [],
    status: { code: sketch.status ?? 'unset', message: '' },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
    resource: { attributes: { 'service.name': service }, droppedAttributesCount: 0, schemaUrl: '' },
    scope: { name: sketch.scope ?? 'test', version: '', attributes: {}, droppedAttributesCount: 0, schemaUrl: '' },
    service,
  };
}

const EPOCH = 1_700_000_000_000_000_000n;

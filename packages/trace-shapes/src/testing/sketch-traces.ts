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
  /** The type of an exception that is told by an event. */
  readonly exception?: string;
  /** The names of the spans at the other ends; of several the first. */
  readonly links?: readonly string[];
  readonly resource?: Attributes;
  /** Whether OTLP's flags say that the parent is of another process. */
  readonly remote?: boolean;
  /** Whether the span, with all below it, is in a trace of its own, though it names its parent. */
  readonly split?: boolean;
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
    const pending: Draft[] = [{ sketch: root, traceId, parentSpanId: undefined, depth: 0 }];
    for (let order = 1, next = pending.pop(); next !== undefined; order++, next = pending.pop()) {
      const { sketch, parentSpanId, depth } = next;
      const spanId = String(order).padStart(16, '0');
      const own = sketch.split ? `${next.traceId.slice(0, 6)}${spanId.slice(-6)}`.padEnd(32, '0') : next.traceId;
      if (!sketch.lost) spans.push(toSpan(sketch, { traceId: own, spanId, parentSpanId, depth, order }));
      for (const child of sketch.children?.toReversed() ?? [])
        pending.push({ sketch: child, traceId: own, parentSpanId: spanId, depth: depth + 1 });
    }
  });
  return withLinks(spans);
}

/** Resolves links once all spans have their ids. */
function withLinks(spans: readonly Span[]): readonly Span[] {
  if (spans.every(({ links }) => links.length === 0)) return spans;
  return spans.map((span) => ({
    ...span,
    links: span.links.map((link) => {
      const end = spans.find(({ name }) => name === link.spanId);
      return { ...link, traceId: end?.traceId ?? 'f'.repeat(32), spanId: end?.spanId ?? 'f'.repeat(16) };
    }),
  }));
}

interface Draft extends Pick<Place, 'traceId' | 'parentSpanId' | 'depth'> {
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
    flags: sketch.remote ? REMOTE_PARENT : 1,
    name: sketch.name,
    kind: sketch.kind ?? 'internal',
    startUnixNano: EPOCH + BigInt(Math.round(start * 1e6)),
    endUnixNano: EPOCH + BigInt(Math.round((start + duration) * 1e6)),
    attributes: sketch.attributes ?? {},
    events: [
      ...(sketch.events ?? []).map((name) => toEvent(name, {})),
      ...(sketch.exception === undefined ? [] : [toEvent('exception', { 'exception.type': sketch.exception })]),
    ],
    links: (sketch.links ?? []).map((name) => ({
      traceId,
      spanId: name,
      traceState: '',
      flags: 1,
      attributes: {},
      droppedAttributesCount: 0,
    })),
    status: { code: sketch.status ?? 'unset', message: '' },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
    resource: { attributes: { 'service.name': service, ...sketch.resource }, droppedAttributesCount: 0, schemaUrl: '' },
    scope: { name: sketch.scope ?? 'test', version: '', attributes: {}, droppedAttributesCount: 0, schemaUrl: '' },
    service,
  };
}

function toEvent(name: string, attributes: Attributes): Span['events'][number] {
  return { name, timeUnixNano: EPOCH, attributes, droppedAttributesCount: 0 };
}

/** Sampled, and the bits that say that it is known whether the parent is remote, and that it is. */
const REMOTE_PARENT = 0x301;
const EPOCH = 1_700_000_000_000_000_000n;

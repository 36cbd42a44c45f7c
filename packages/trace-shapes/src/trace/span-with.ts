import type { Resource, Scope, Span } from '../otlp/telemetry.ts';

/** A span for tests: what matters is given, the name is the span's id unless it is given too. */
export function spanWith({ start = 1, end = start + 1, ...given }: SpanGiven): Span {
  return {
    traceId: 't',
    spanId: 's',
    parentSpanId: undefined,
    traceState: '',
    flags: 1,
    name: given.spanId ?? 's',
    kind: 'internal',
    startUnixNano: BigInt(start),
    endUnixNano: BigInt(end),
    attributes: {},
    events: [],
    links: [],
    status: { code: 'unset', message: '' },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
    resource: RESOURCE,
    scope: SCOPE,
    service: 'shop',
    ...given,
  };
}

type SpanGiven = Partial<Span> & { readonly start?: number; readonly end?: number };

const RESOURCE: Resource = { attributes: { 'service.name': 'shop' }, droppedAttributesCount: 0, schemaUrl: '' };
const SCOPE: Scope = { name: 'test', version: '', attributes: {}, droppedAttributesCount: 0, schemaUrl: '' };

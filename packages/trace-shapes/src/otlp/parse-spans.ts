import { readAttributes } from './parse-attributes.ts';
import { type Origin, readItemsByOrigin } from './parse-origin.ts';
import { type Fields, readList, readMessage, readString } from './read-fields.ts';
import { readId, requireId } from './read-id.ts';
import { readCount, readEnum, readTime } from './read-numbers.ts';
import type { Span, SpanEvent, SpanKind, SpanLink, StatusCode } from './telemetry.ts';

/** The spans of a decoded trace request. */
export function parseSpans(request: Fields): Span[] {
  return readItemsByOrigin(request, { resources: 'resourceSpans', scopes: 'scopeSpans', items: 'spans' }, parseSpan);
}

function parseSpan(span: Fields, { resource, scope, service }: Origin): Span {
  return {
    traceId: requireId(span.traceId, 'traceId', 16),
    spanId: requireId(span.spanId, 'spanId', 8),
    parentSpanId: readId(span.parentSpanId, 'parentSpanId', 8),
    traceState: readString(span.traceState, 'traceState'),
    flags: readCount(span.flags, 'flags'),
    name: readString(span.name, 'name'),
    kind: SPAN_KINDS[readEnum(span.kind, 'kind', 'SPAN_KIND_', SPAN_KINDS)] ?? 'unspecified',
    startUnixNano: readTime(span.startTimeUnixNano, 'startTimeUnixNano'),
    endUnixNano: readTime(span.endTimeUnixNano, 'endTimeUnixNano'),
    attributes: readAttributes(span.attributes),
    events: readList(span.events, 'events', parseEvent),
    links: readList(span.links, 'links', parseLink),
    status: readMessage(span.status, 'status', parseStatus),
    droppedAttributesCount: readCount(span.droppedAttributesCount, 'droppedAttributesCount'),
    droppedEventsCount: readCount(span.droppedEventsCount, 'droppedEventsCount'),
    droppedLinksCount: readCount(span.droppedLinksCount, 'droppedLinksCount'),
    resource,
    scope,
    service,
  };
}

function parseEvent(event: Fields): SpanEvent {
  return {
    name: readString(event.name, 'name'),
    timeUnixNano: readTime(event.timeUnixNano, 'timeUnixNano'),
    attributes: readAttributes(event.attributes),
    droppedAttributesCount: readCount(event.droppedAttributesCount, 'droppedAttributesCount'),
  };
}

function parseLink(link: Fields): SpanLink {
  return {
    traceId: requireId(link.traceId, 'traceId', 16),
    spanId: requireId(link.spanId, 'spanId', 8),
    traceState: readString(link.traceState, 'traceState'),
    flags: readCount(link.flags, 'flags'),
    attributes: readAttributes(link.attributes),
    droppedAttributesCount: readCount(link.droppedAttributesCount, 'droppedAttributesCount'),
  };
}

function parseStatus(status: Fields): Span['status'] {
  const code = STATUS_CODES[readEnum(status.code, 'code', 'STATUS_CODE_', STATUS_CODES)] ?? 'unset';
  const message = readString(status.message, 'message');
  return code === 'unset' && message === '' ? UNSET : { code, message };
}

/** In the order of their numbers in OTLP. */
export const SPAN_KINDS: readonly SpanKind[] = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];

/** In the order of their numbers in OTLP. */
export const STATUS_CODES: readonly StatusCode[] = ['unset', 'ok', 'error'];

/** One for all: most spans have it. */
const UNSET: Span['status'] = Object.freeze({ code: 'unset', message: '' });

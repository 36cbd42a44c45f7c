import type { Attributes, Span } from 'trace-shapes';
import { toMs } from '../telemetry/run-times.ts';

/**
 * What is kept of a night: the traces of orders and whatever took a second, without the framework's middleware, with the
 * attributes that ownership asks for; of long work as many queries as tell that it used the database. Its times are moved
 * by so many milliseconds, so that nights that were recorded in a row are weeks apart; its ids are numbers, as they take
 * less room.
 */
export function thinSpans(spans: readonly Span[], { moveMs, firstId }: Thinning): readonly Span[] {
  const traces = Map.groupBy(spans, ({ traceId }) => traceId).values();
  const kept = [...traces].flatMap((trace) => (isOrder(trace) ? trace : trace.some(isLong) ? firstOf(trace) : []));
  const move = BigInt(Math.round(moveMs)) * 1_000_000n;
  const idOf = createNumbering(firstId);
  return kept.filter((span) => !isMiddleware(span)).map((span) => thin(span, move, idOf));
}

/** How far its times are moved, and the number of its first id. */
export type Thinning = { readonly moveMs: number; readonly firstId: number };

type IdOf = (id: string) => string;

function createNumbering(first: number): IdOf {
  const known = new Map<string, string>();
  return (id) => {
    const number = known.get(id) ?? (first + known.size).toString(16).padStart(id.length, '0');
    known.set(id, number);
    return number;
  };
}

function isOrder(trace: readonly Span[]): boolean {
  return trace.some(({ service, name }) => service === 'shop' && name === 'POST /orders');
}

function isLong({ startUnixNano, endUnixNano }: Span): boolean {
  return toMs(endUnixNano - startUnixNano) >= 1_000;
}

function firstOf(trace: readonly Span[]): readonly Span[] {
  return trace
    .toSorted((a, b) => Number(a.startUnixNano - b.startUnixNano))
    .filter((span, i) => i < 12 || isLong(span));
}

function isMiddleware({ name, kind }: Span): boolean {
  return kind === 'internal' && name.startsWith('middleware - ');
}

function thin(span: Span, move: bigint, idOf: IdOf): Span {
  return {
    ...span,
    traceId: idOf(span.traceId),
    spanId: idOf(span.spanId),
    parentSpanId: span.parentSpanId && idOf(span.parentSpanId),
    links: [],
    startUnixNano: span.startUnixNano + move,
    endUnixNano: span.endUnixNano + move,
    attributes: pick(span.attributes, KEPT),
    resource: { ...span.resource, attributes: pick(span.resource.attributes, KEPT_OF_RESOURCE) },
    events: [],
  };
}

function pick(attributes: Attributes, keys: RegExp): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => keys.test(key)));
}

const KEPT = /^(http\.(route|response\.status_code)|error\.type|db\.(system\.name|namespace|query\.text)|purl\.)/;
/** Who owned what that night is not kept: that is for whoever is on call to say. */
const KEPT_OF_RESOURCE = /^service\.(name|namespace|version)$/;

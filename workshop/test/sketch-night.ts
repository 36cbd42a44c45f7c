import { buildTraces, durationMs, type SpanNode } from 'trace-shapes';
import { findHanging } from '../replay/find-hanging.ts';
import { isAfterAnswer, isQuery, isReport } from '../replay/recognise-span.ts';
import type { NightRun } from '../replay/run-night.ts';
import { toMs } from '../telemetry/run-times.ts';
import type { SketchedSpan } from './sketched-run.ts';

/** A replayed night as a sketch: the spans that the suspects are judged by, to the millisecond, from the hanging checkout's start. */
export function sketchNight({
  facts: { hanging },
  telemetry,
}: Pick<NightRun, 'facts' | 'telemetry'>): readonly SketchedSpan[] {
  const traces = buildTraces(telemetry.spans);
  const trace = findHanging(traces, hanging)?.trace;
  const isLookedAt = (node: SpanNode) =>
    node.trace === trace ||
    (isReport(node) && !isQuery(node)) ||
    (isAfterAnswer(node) && Object.values(node.span.attributes).includes(hanging.orderId ?? '')) ||
    isVisit(node);
  const ids = new Map(traces.map(({ traceId }, i) => [traceId, `${i + 1}f`]));
  return traces
    .flatMap(({ nodes }) => nodes)
    .filter(isLookedAt)
    .map((node) => sketch(node, ids.get(node.span.traceId) ?? '', hanging.startedAtMs));
}

function isVisit({ span, parent }: SpanNode): boolean {
  return parent === undefined && span.kind === 'server' && span.name.startsWith('GET');
}

function sketch({ span, trace, parent }: SpanNode, traceId: string, startMs: number): SketchedSpan {
  const { name, service, kind, attributes, status } = span;
  const place = (node: SpanNode) => `${trace.nodes.indexOf(node) + 1}e`;
  const looked = Object.entries(attributes).filter(([key]) => LOOKED_AT.test(key));
  return {
    trace: traceId,
    id: place(trace.nodes.find((node) => node.span === span) as SpanNode),
    ...(parent && { parent: place(parent) }),
    name,
    service,
    kind: kind === 'unspecified' ? 'internal' : kind,
    at: Math.round(toMs(span.startUnixNano) - startMs),
    for: Math.round(durationMs(span)),
    ...(status.code === 'error' && { error: true }),
    attributes: Object.fromEntries(looked.map(([key, value]) => [key, key === QUERY ? tableOf(value) : String(value)])),
  };
}

/** Which table a query is about is all that is asked of it. */
function tableOf(query: unknown): string {
  return /\bstock\b/i.test(String(query)) ? 'stock' : 'another';
}

const QUERY = 'db.query.text';
const LOOKED_AT =
  /^(db\.system|db\.query\.text|http\.route|url\.full|url\.path|purl\.order\.id|messaging\.destination\.name)/;

import { durationMs, type SpanNode, type Trace } from 'trace-shapes';
import type { CauseName } from '../scenario/causes/cause.ts';
import { toMs } from '../telemetry/run-times.ts';
import type { NightTrace } from '../telemetry/stored-night.ts';

/** Tells of each trace of a night whether it is of somebody who waited, or of what was waited for. */
export function tellTraces(traces: readonly Trace[], cause: CauseName): readonly NightTrace[] {
  return traces.flatMap((trace) => {
    const { traceId, nodes } = trace;
    const top = trace.roots[0] ?? trace.orphans[0];
    if (!top) return [];
    return {
      traceId,
      name: top.span.name,
      service: top.span.service,
      startMs: Math.min(...nodes.map(({ span }) => toMs(span.startUnixNano))),
      endMs: Math.max(...nodes.map(({ span }) => toMs(span.endUnixNano))),
      spanIds: nodes.map(({ span }) => span.spanId),
      waited: nodes.some(isHangingCheckout),
      held: HOLDERS[cause](nodes),
    };
  });
}

/** What the traces of a cause look like, with whatever spans a learner has drawn. */
const HOLDERS: Readonly<Record<CauseName, (nodes: readonly SpanNode[]) => boolean>> = {
  'nightly-report': (nodes) => nodes.some((node) => isLongJob(node, /nightly.?report/i)),
  delivery: (nodes) => nodes.some((node) => isLongJob(node, /delivery/i)),
  'customer-export': (nodes) => nodes.some((node) => isLongJob(node, /customer.?export/i)),
  payments: (nodes) =>
    nodes.some(isHangingCheckout) && nodes.some((node) => node.span.service === 'payments' && isLong(node)),
  checkout: (nodes) => nodes.some((node) => isCheckout(node) && statusOf(node) === 500),
};

function isHangingCheckout(node: SpanNode): boolean {
  return isCheckout(node) && isLong(node);
}

function isCheckout({ span }: SpanNode): boolean {
  return span.service === 'shop' && span.kind === 'server' && /^POST \/orders$/.test(span.name);
}

function isLongJob(node: SpanNode, kind: RegExp): boolean {
  const { name, kind: spanKind, attributes } = node.span;
  const isOther = spanKind === 'server' || spanKind === 'client' || spanKind === 'producer';
  return !isOther && isLong(node) && [name, ...Object.values(attributes)].some((text) => kind.test(String(text)));
}

function isLong({ span }: SpanNode): boolean {
  return durationMs(span) >= LONG_MS;
}

function statusOf({ span: { attributes } }: SpanNode): number {
  return Number(attributes['http.response.status_code'] ?? attributes['http.status_code']);
}

/** Nobody else takes that long at night; the shop's patience with payments ends after 2 s. */
const LONG_MS = 1_500;

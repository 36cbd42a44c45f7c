import { durationMs, type SpanNode, type Trace } from 'trace-shapes';
import type { NightCheckout } from '../scenario/last-night.ts';
import { toMs } from '../telemetry/run-times.ts';

/**
 * Finds the span of the hanging checkout: the top of a trace that lasted for as long as the customer waited. Four
 * checkouts hang side by side, so that one whose trace names the order comes first.
 */
export function findHanging(traces: readonly Trace[], checkout: NightCheckout): SpanNode | undefined {
  const candidates = traces
    .flatMap(({ roots, orphans }) => [...roots, ...orphans])
    .map((node) => ({ node, farMs: farFrom(node, checkout), named: howNamed(node, checkout.orderId) }))
    .filter(({ farMs }) => farMs < TOLERANCE * checkout.durationMs)
    .toSorted((a, b) => b.named - a.named || a.farMs - b.farMs);
  return candidates[0]?.node;
}

/** By how much a span began and ended beside what the customer saw. */
function farFrom({ span }: SpanNode, { startedAtMs, durationMs: waitedMs }: NightCheckout): number {
  return Math.abs(toMs(span.startUnixNano) - startedAtMs) + Math.abs(durationMs(span) - waitedMs);
}

/** Another request's work may have strayed into a trace and name its order there; the span itself names its own. */
function howNamed({ trace, span }: SpanNode, orderId: string | undefined): 0 | 1 | 2 {
  if (orderId === undefined) return 0;
  if (Object.values(span.attributes).includes(orderId)) return 2;
  return trace.nodes.some((node) => Object.values(node.span.attributes).includes(orderId)) ? 1 : 0;
}

const TOLERANCE = 0.1;

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
    .map((node) => ({ node, farMs: farFrom(node, checkout), isNamed: names(node, checkout.orderId) }))
    .filter(({ farMs }) => farMs < TOLERANCE * checkout.durationMs)
    .toSorted((a, b) => Number(b.isNamed) - Number(a.isNamed) || a.farMs - b.farMs);
  return candidates[0]?.node;
}

/** By how much a span began and ended beside what the customer saw. */
function farFrom({ span }: SpanNode, { startedAtMs, durationMs: waitedMs }: NightCheckout): number {
  return Math.abs(toMs(span.startUnixNano) - startedAtMs) + Math.abs(durationMs(span) - waitedMs);
}

function names({ trace, span }: SpanNode, orderId: string | undefined): boolean {
  if (orderId === undefined) return false;
  if (Object.values(span.attributes).includes(orderId)) return true;
  return trace.nodes.some((node) => Object.values(node.span.attributes).includes(orderId));
}

const TOLERANCE = 0.1;

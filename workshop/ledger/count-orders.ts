import { buildTraces, type Span, type SpanNode, type Trace } from 'trace-shapes';
import { below, shareOf } from '../replay/span-time.ts';
import { originOf, SPAN_ORIGINS, type SpansByOrigin } from './ledger.ts';
import { median } from './median.ts';

/** What the spans of some orders come to. */
export type CountedOrders = { readonly spans: SpansByOrigin; readonly explained: number };

/** How many orders have a trace that can be looked up. */
export function countTraces(spans: readonly Span[]): number {
  return buildTraces(spans).flatMap(orderOf).length;
}

/** Counts what is in the traces of orders, and how much of their time it explains: the median order's. */
export function countOrders(spans: readonly Span[]): CountedOrders {
  const orders = buildTraces(spans).flatMap(orderOf);
  const counts = orders.map(({ trace }) => countByOrigin(trace));
  return {
    spans: {
      own: median(counts.map(({ own }) => own)),
      library: median(counts.map(({ library }) => library)),
      framework: median(counts.map(({ framework }) => framework)),
    },
    explained: median(orders.map(({ top }) => shareOf(below(top), top))),
  };
}

function orderOf(trace: Trace): readonly { readonly trace: Trace; readonly top: SpanNode }[] {
  const top = trace.roots.find(({ span }) => span.name === 'POST /orders');
  return top ? [{ trace, top }] : [];
}

function countByOrigin({ nodes }: Trace): SpansByOrigin {
  const counts = { own: 0, library: 0, framework: 0 };
  for (const { span } of nodes) counts[originOf(span.scope.name)]++;
  return counts;
}

/** All spans together. */
export function totalOf(spans: SpansByOrigin): number {
  return SPAN_ORIGINS.reduce((sum, origin) => sum + spans[origin], 0);
}

import { internal, type SpanNode } from 'trace-shapes';
import type { CheckAids, CheckFinding, StageRun } from '../../workshop/check/check.ts';
import { nothingToLookAt } from '../../workshop/check/common-checks.ts';
import { findingOf } from '../../workshop/check/define-check.ts';

/** Finds what is wrong with the spans of the batches: each must be a root with a link to every order that it is for. */
export function judgeBatch({ traces, facts }: StageRun, { locate }: CheckAids): readonly CheckFinding[] {
  if (traces.length === 0) return [nothingToLookAt];
  const nodes = traces.flatMap((trace) => trace.nodes);
  const batches = nodes.filter(({ span }) => span.name === NAME);
  const about = (node?: SpanNode) => ({
    service: 'shop',
    span: NAME,
    traceId: node?.span.traceId,
    location: locate({ node, shape: internal(NAME, { anchor: 'shop/loyalty.ts#async function flush' }) }),
  });
  const [first] = batches;
  if (!first) return [findingOf({ ...MISSING, ...about() })];
  const below = batches.filter(({ span }) => span.parentSpanId !== undefined);
  if (below[0]) return [findingOf({ ...MIXED, ...about(below[0]), times: below.length })];

  const orders = facts.checkouts.flatMap(({ orderId }) => orderId ?? []);
  const traceOf = new Map(nodes.map(({ span }) => [span.attributes['purl.order.id'], span.traceId]));
  const linked = new Set(batches.flatMap(({ span }) => span.links.map(({ traceId }) => traceId)));
  const missed = orders.filter((order) => !linked.has(traceOf.get(order) ?? ''));
  if (missed.length === 0) return [];
  return [
    findingOf({
      code: 'missing-link',
      message: `\`${NAME}\` has no link to ${missed.length} of the ${orders.length} orders that it awarded points for.`,
      hint: 'Every entry of the batch has brought its context along: `links: entries.map((entry) => ({ context: trace.getSpanContext(entry.saved) }))`, given to `startSpan`.',
      expected: `links to ${orders.length} orders`,
      actual: `links to ${orders.length - missed.length}`,
      ...about(first),
    }),
  ];
}

const NAME = 'flush points';

const MISSING = {
  code: 'missing-span',
  message: `\`${NAME}\` never came: nothing shows the flush that awards the points of many orders at once.`,
  hint: `Start it in \`flush\` of shop/loyalty.ts, before the loop, and end it behind: \`tracer.startSpan('${NAME}', { root: true, links })\`.`,
  expected: `a span \`${NAME}\` in \`shop\``,
  actual: 'nothing',
} as const;

const MIXED = {
  code: 'mixed-requests',
  message: `\`${NAME}\` is in the trace of one order, though it is for all of its batch.`,
  hint: 'The timer runs in the context of the first order of the batch. What is for many is a root: `{ root: true, links }`.',
  expected: 'a trace of its own',
  actual: "one order's trace",
} as const;

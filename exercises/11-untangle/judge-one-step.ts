import { client, durationMs, type SpanNode } from 'trace-shapes';
import type { CheckAids, CheckFinding, StageRun } from '../../workshop/check/check.ts';
import { nothingToLookAt } from '../../workshop/check/common-checks.ts';
import { findingOf } from '../../workshop/check/define-check.ts';
import { isQueryOfTheShop, queryTextOf, tablesIn, whereAsked } from './queries.ts';

/**
 * Finds what the first cart asked for its price one after the other. Where the database is some milliseconds away, a
 * question that begins when another has been answered waited for it; and where all begin at once but the last answer
 * takes as long as all of them, one connection took them one by one.
 */
export function judgeOneStep(run: StageRun, { locate }: CheckAids): readonly CheckFinding[] {
  if (run.traces.length === 0) return [nothingToLookAt];
  const asked = pricingOfFirstCart(run);
  const [first] = asked;
  const how = first && howTheyWait(asked);
  if (!how) return [];
  const elapsed = `${Math.round(elapsedMs(asked))} ms`;
  const quickest = `${Math.round(Math.min(...asked.map(durationOf)))} ms`;
  return [
    findingOf({
      code: 'not-parallel',
      message: `${asked.length} queries for one price took ${elapsed}, and the quickest of them ${quickest}: ${how.message}`,
      hint: how.hint,
      expected: `little more than ${quickest}`,
      actual: elapsed,
      service: first.span.service,
      span: first.span.name,
      traceId: first.span.traceId,
      location: locate({ node: undefined, shape: client(/./, { anchor: whereAsked(run, isPricing) }) }),
      times: asked.length,
    }),
  ];
}

/** The first cart is ordered alone: nobody else keeps connections from it. */
function pricingOfFirstCart({ traces, facts }: StageRun): readonly SpanNode[] {
  const id = facts.checkouts[0]?.orderId;
  const trace = traces.find(({ nodes }) => nodes.some(({ span }) => id && span.attributes['purl.order.id'] === id));
  return trace?.nodes.filter((node) => isQueryOfTheShop(node) && isPricing(queryTextOf(node))) ?? [];
}

function isPricing(text: string): boolean {
  return tablesIn(text, ['yarns', 'prices', 'discounts', 'settings', 'shipping_rates']).length > 0;
}

function howTheyWait(asked: readonly SpanNode[]): typeof IN_TURN | undefined {
  const [firstEnd = 0n] = asked.map(({ span }) => span.endUnixNano).toSorted(byTime);
  if (asked.some(({ span }) => span.startUnixNano > firstEnd - RESOLUTION_NANO)) return IN_TURN;
  const lengths = asked.map(durationOf);
  const [longest, shortest] = [Math.max(...lengths), Math.min(...lengths)];
  return asked.length > 1 && longest > 0.75 * asked.length * shortest ? IN_A_QUEUE : undefined;
}

function durationOf({ span }: SpanNode): number {
  return durationMs(span);
}

function elapsedMs(asked: readonly SpanNode[]): number {
  const starts = asked.map(({ span }) => span.startUnixNano).toSorted(byTime);
  const ends = asked.map(({ span }) => span.endUnixNano).toSorted(byTime);
  return Number((ends.at(-1) ?? 0n) - (starts[0] ?? 0n)) / 1e6;
}

function byTime(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A start is told to the millisecond. */
const RESOLUTION_NANO = 2_000_000n;

const IN_TURN = {
  message: 'they are asked one after the other.',
  hint: 'None of them needs the answer of another. Ask them all, then wait for all: `const [yarns, prices, …] = await Promise.all([replica.query(…), replica.query(…), …])`.',
};

const IN_A_QUEUE = {
  message: 'they overlap, and yet the last waits for all others.',
  hint: 'A connection answers one question after the other, however many are asked at once: `Promise.all` on one client takes the sum. Ask by the pool, `replica.query(…)`, which has a connection for each.',
};

import { client, durationMs, type SpanNode } from 'trace-shapes';
import type { CheckAids, CheckFinding, StageRun } from '../../workshop/check/check.ts';
import { nothingToLookAt } from '../../workshop/check/common-checks.ts';
import { findingOf } from '../../workshop/check/define-check.ts';
import { elapsedMs, howTheyWait, type Waiting } from './how-they-wait.ts';
import { isQueryOfTheShop, queryTextOf, tablesIn, whereAsked } from './queries.ts';

/** Finds out whether what the first cart asked for its price was asked at the same time, and answered so. */
export function judgeOneStep(run: StageRun, { locate }: CheckAids): readonly CheckFinding[] {
  if (run.traces.length === 0) return [nothingToLookAt];
  const asked = pricingOfFirstCart(run);
  const waiting = howTheyWait(asked);
  const [first] = asked;
  if (!waiting || !first) return [];
  const elapsed = `${Math.round(elapsedMs(asked))} ms`;
  const quickest = `${Math.round(Math.min(...asked.map(({ span }) => durationMs(span))))} ms`;
  const { message, hint } = WORDS[waiting];
  return [
    findingOf({
      code: 'not-parallel',
      message: `${asked.length} queries for one price took ${elapsed}, and the quickest of them ${quickest}: ${message}`,
      hint,
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

/** What the first cart has gained, by its own spans: the same questions in turn would have taken the sum of their times. */
export function tellGain(run: StageRun): string | undefined {
  const asked = pricingOfFirstCart(run);
  const waited = run.facts.checkouts[0]?.durationMs;
  if (asked.length === 0 || waited === undefined) return undefined;
  const inTurnMs = asked.reduce((sum, { span }) => sum + durationMs(span), 0);
  const of = asked.length === 1 ? 'one query' : `${asked.length} queries that take ${Math.round(inTurnMs)} ms in turn`;
  return `The first cart waited ${Math.round(waited)} ms for its answer, ${Math.round(elapsedMs(asked))} ms of it for its price: ${of}.`;
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

const WORDS: Readonly<Record<Waiting, { readonly message: string; readonly hint: string }>> = {
  'in-turn': {
    message: 'they are asked one after the other.',
    hint: 'None of them needs the answer of another. Ask them all, then wait for all: `const [yarns, prices, …] = await Promise.all([replica.query(…), replica.query(…), …])`.',
  },
  'in-a-queue': {
    message: 'they overlap, and yet the last waits for all others.',
    hint: 'A connection answers one question after the other, however many are asked at once: `Promise.all` on one client takes the sum. Ask by the pool, `replica.query(…)`, which has a connection for each.',
  },
};

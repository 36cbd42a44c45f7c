import { buildTraces, type Telemetry, type Trace } from 'trace-shapes';
import { canonicalTraces } from 'trace-shapes/match';
import { expect } from 'vitest';
import type { AnyCheck } from '../check/check.ts';
import type { StageVerdict } from '../check/stage-verdict.ts';
import { toVerdictJson } from '../render/verdict-json.ts';
import type { Stage } from '../stages/list-stages.ts';
import { solutionTree } from '../stages/stage-trees.ts';
import type { Verifier } from '../verify/open-verifier.ts';
import { root, shown } from '../verify/project-verifier.ts';

/**
 * Runs a stage's solution several times: each must pass, and say and emit the same as the first. Gives the traces of the
 * first cart, of the first run.
 */
export async function repeatSolution(
  verifier: Verifier,
  { stage, checks, times }: { readonly stage: Stage; readonly checks: readonly AnyCheck[]; readonly times: number },
): Promise<readonly Trace[]> {
  const tree = await solutionTree(root, stage.number);
  const checked = await Promise.all(Array.from({ length: times }, () => verifier.verify({ stage, checks, tree })));
  const verdicts = checked.map(({ verdict }) => verdict);
  for (const verdict of verdicts) expect(verdict.status, shown(verdict)).toBe('pass');
  for (const verdict of verdicts) expect(whatStays(verdict)).toEqual(whatStays(verdicts[0] ?? verdict));
  const carts = checked.map(({ telemetry }) => tracesOfFirstCart(telemetry));
  const first = carts[0] ?? [];
  for (const cart of carts) expect(canonicalTraces(cart, AS_IN_ANY_RUN)).toBe(canonicalTraces(first, AS_IN_ANY_RUN));
  return first;
}

/** What is another in each run. */
export const AS_IN_ANY_RUN = { mask: [/order\.id$/, 'server.address'] };

function tracesOfFirstCart({ spans }: Telemetry): readonly Trace[] {
  const settled = spans.filter(({ name }) => name !== 'pg.connect');
  const orders = buildTraces(settled).filter(({ roots }) => roots[0]?.span.name === 'POST /orders');
  return orders.toSorted((a, b) => Number(startOf(a) - startOf(b))).slice(0, 1);
}

function startOf({ roots }: Trace): bigint {
  return roots[0]?.span.startUnixNano ?? 0n;
}

/** All but the time that it took, and which request found no connection ready: a pass names no ids and no ports. */
function whatStays(verdict: StageVerdict): unknown {
  const paths = verdict.paths.filter((path) => !path.endsWith(':pg.connect'));
  return { ...toVerdictJson(verdict), durationMs: 0, paths: paths.sort() };
}

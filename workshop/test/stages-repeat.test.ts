import { buildTraces, type Telemetry, type Trace } from 'trace-shapes';
import { canonicalTraces } from 'trace-shapes/match';
import 'trace-shapes/vitest';
import { afterAll, test } from 'vitest';
import { loadChecksUpTo } from '../check/load-checks.ts';
import type { StageVerdict } from '../check/stage-verdict.ts';
import { toVerdictJson } from '../render/verdict-json.ts';
import { solutionTree } from '../stages/stage-trees.ts';
import { openProjectVerifier, root, shown } from '../verify/project-verifier.ts';

const { verifier, traced } = await openProjectVerifier();
afterAll(() => verifier[Symbol.asyncDispose]());

/** `vitest run workshop/test/stages-repeat.test.ts --mode repeat` asks for more. */
const times = process.env.MODE === 'repeat' ? 20 : 3;

test.concurrent.for(traced)(
  'the solution of $name passes its checks and all earlier ones, time after time alike',
  // Waiting for a turn counts, too.
  { timeout: 120_000 * times },
  async (stage, { expect }) => {
    const [tree, checks] = [
      await solutionTree(root, stage.number),
      await loadChecksUpTo(traced, stage, { secondStarts: 'all' }),
    ];
    const runs = Array.from({ length: times }, () => verifier.verify({ stage, checks, tree }));
    const checked = await Promise.all(runs);
    const verdicts = checked.map(({ verdict }) => verdict);
    for (const verdict of verdicts) expect(verdict.status, shown(verdict)).toBe('pass');
    for (const verdict of verdicts) expect(whatStays(verdict)).toEqual(whatStays(verdicts[0] ?? verdict));
    const carts = checked.map(({ telemetry }) => tracesOfFirstCart(telemetry));
    for (const cart of carts)
      expect(canonicalTraces(cart, AS_IN_ANY_RUN)).toBe(canonicalTraces(carts[0] ?? [], AS_IN_ANY_RUN));
    expect(carts[0]).toMatchTraceSnapshot(AS_IN_ANY_RUN);
  },
);

/** What a checkout looks like at a stage, in the file of snapshots: another version of a library shows there as a difference. */
function tracesOfFirstCart({ spans }: Telemetry): readonly Trace[] {
  const settled = spans.filter(({ name }) => name !== 'pg.connect');
  const orders = buildTraces(settled).filter(({ roots }) => roots[0]?.span.name === 'POST /orders');
  return orders.toSorted((a, b) => Number(startOf(a) - startOf(b))).slice(0, 1);
}

function startOf({ roots }: Trace): bigint {
  return roots[0]?.span.startUnixNano ?? 0n;
}

const AS_IN_ANY_RUN = { mask: [/order\.id$/, 'server.address'] };

/** All but the time that it took, and which request found no connection ready: a pass names no ids and no ports. */
function whatStays(verdict: StageVerdict): unknown {
  const paths = verdict.paths.filter((path) => !path.endsWith(':pg.connect'));
  return { ...toVerdictJson(verdict), durationMs: 0, paths: paths.sort() };
}

import type { Span } from 'trace-shapes';
import { type FoundChange, findChange } from './find-change.ts';
import { judgeFound, type Rightness } from './judge-found.ts';
import type { Chain } from './open-chain.ts';
import type { PlannedChange } from './plan-changes.ts';

/** One look: what was changed, what the tool made of the telemetry, and whether that is right. */
export type Look = {
  readonly planned: PlannedChange;
  readonly found: FoundChange | undefined;
  readonly right: Rightness;
  readonly before: readonly Span[];
  readonly after: readonly Span[];
};

/** How many requests make a window, and where the rows of random numbers start. */
export type LookOptions = { readonly requests: number; readonly seed: number };

/**
 * Makes one change after another in a running chain, takes each back, and asks the tool each time what changed. Before are
 * the windows on both sides of a change: a machine that is busier by and by so counts for both.
 */
export async function* lookForChanges(
  chain: Chain,
  plan: readonly PlannedChange[],
  { requests, seed }: LookOptions,
): AsyncGenerator<Look> {
  const record = async (nth: number) => (await chain.record({ requests, seed: seed * 1_000 + nth })).spans;
  let former = await record(0);
  for (const [i, planned] of plan.entries()) {
    if (planned) await chain.change(planned);
    const after = await record(2 * i + 1);
    if (planned) await chain.change(undefined);
    const next = await record(2 * i + 2);
    const before = [...former, ...next];
    const found = await findChange({ before, after });
    yield { planned, found, right: judgeFound(planned, found), before, after };
    former = next;
  }
}

import type { Span } from 'trace-shapes';
import { type FoundChange, findChange } from './find-change.ts';
import { judgeFound, type Rightness } from './judge-found.ts';
import type { Chain, Drive } from './open-chain.ts';
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
 * the windows on both sides of a change: a machine that is busier by and by so counts for both. A few changes are made in a
 * row before their spans are waited for.
 */
export async function* lookForChanges(
  chain: Chain,
  plan: readonly PlannedChange[],
  { requests, seed }: LookOptions,
): AsyncGenerator<Look> {
  let nth = 0;
  const drive = () => chain.drive({ requests, seed: seed * 1_000 + nth++ });
  for (let from = 0; from < plan.length; from += IN_A_ROW) {
    const row = plan.slice(from, from + IN_A_ROW);
    const drives = [await drive()];
    for (const planned of row) drives.push(...(await driveChanged(chain, planned, drive)));
    const spans = (await chain.collect(drives)).map((window) => window.spans);
    for (const [i, planned] of row.entries()) {
      const [former = [], after = [], next = []] = spans.slice(2 * i, 2 * i + 3);
      const before = [...former, ...next];
      const found = await findChange({ before, after });
      yield { planned, found, right: judgeFound(planned, found), before, after };
    }
  }
}

async function driveChanged(
  chain: Chain,
  planned: PlannedChange,
  drive: () => Promise<Drive>,
): Promise<readonly [changed: Drive, unchanged: Drive]> {
  if (planned) await chain.change(planned);
  const changed = await drive();
  if (planned) await chain.change(undefined);
  return [changed, await drive()];
}

/** Few enough for their spans to be held in memory. */
const IN_A_ROW = 5;

import type { Span } from 'trace-shapes';
import { type FoundChange, findChange } from './find-change.ts';
import { judgeFound, type Rightness } from './judge-found.ts';
import type { Chain, Drive, Window } from './open-chain.ts';
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
  let driven = 0;
  for (let from = 0; from < plan.length; from += IN_A_ROW) {
    const row = plan.slice(from, from + IN_A_ROW);
    const drives = await Array.fromAsync(driveChanges(chain, row, { requests, firstSeed: seed * 1_000 + driven }));
    driven += drives.length;
    yield* looksOf(row, await chain.collect(drives));
    chain.forget();
  }
}

/** Makes one change after another and takes each back: a window before, and for each of them one with it and one after it. */
export async function* driveChanges(
  chain: Chain,
  row: readonly PlannedChange[],
  { requests, firstSeed }: { readonly requests: number; readonly firstSeed: number },
): AsyncGenerator<Drive> {
  let seed = firstSeed;
  const drive = () => chain.drive({ requests, seed: seed++ });
  yield drive();
  for (const planned of row) {
    if (planned) await chain.change(planned);
    yield drive();
    if (planned) await chain.change(undefined);
    yield drive();
  }
}

/** Asks the tool what changed, for each change whose windows these are. */
export async function* looksOf(row: readonly PlannedChange[], windows: readonly Window[]): AsyncGenerator<Look> {
  for (const [i, planned] of row.entries()) {
    const [former, changed, next] = windows.slice(2 * i, 2 * i + 3);
    const [before, after] = [[...(former?.spans ?? []), ...(next?.spans ?? [])], changed?.spans ?? []];
    const found = await findChange({ before, after });
    yield { planned, found, right: judgeFound(planned, found), before, after };
  }
}

/** Few enough for their spans to be held in memory. */
const IN_A_ROW = 5;

import type { Engine } from '../store/engine.ts';
import { chanceOf } from './chance.ts';
import { findSuspects, type RankedSuspect, SURE } from './find-suspects.ts';
import { type LaidOutSpans, layOutSpans } from './lay-out-spans.ts';
import { readSignals } from './read-signals.ts';
import { readWhole, type Whole } from './read-wholes.ts';
import type { SpanSet } from './span-set.ts';
import { readSpots } from './spot.ts';
import { weighEvidence } from './weigh-evidence.ts';

/** What changed between two sets of spans. */
export interface Changes {
  readonly whole: Whole;
  /** Whether anything changed that chance does not explain. */
  readonly changed: boolean;
  readonly suspects: readonly RankedSuspect[];
}

/** Compares two sets of traces and ranks the places that may answer for what changed. */
export async function whatChanged(
  engine: Engine,
  sets: { readonly before: SpanSet; readonly after: SpanSet },
): Promise<Changes> {
  await using spans = await layOutSpans(engine, sets, BLOCKS);
  return await findChanges(spans);
}

/** The same, of spans that are laid out in `BLOCKS` blocks. */
export async function findChanges(spans: LaidOutSpans): Promise<Changes> {
  const whole = await readWhole(spans);
  const signals = await readSignals(spans, await readSpots(spans), BLOCKS);
  const evidence = weighEvidence(signals, whole, BLOCKS);
  const suspects = findSuspects(evidence, chanceOf(signals.signals, BLOCKS));
  return { whole, changed: suspects.some(({ chance }) => chance <= SURE), suspects };
}

/** Into so many blocks of time each set is cut. Enough to shuffle, and each large enough to hold calls. */
export const BLOCKS = 8;

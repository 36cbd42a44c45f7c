import type { Engine } from '../store/engine.ts';
import { chanceOf } from './chance.ts';
import { type Exemplars, findExemplars } from './exemplars.ts';
import { findSuspects, type RankedSuspect, SURE } from './find-suspects.ts';
import { type LaidOutSpans, layOutSpans } from './lay-out-spans.ts';
import { markTraces } from './mark-traces.ts';
import { readSignals } from './read-signals.ts';
import { readWhole, type Whole } from './read-whole.ts';
import { findSeparatingValues, type SeparatingValue } from './separating-values.ts';
import type { SpanSet } from './span-set.ts';
import { readSpots } from './spot.ts';
import { weighEvidence } from './weigh-evidence.ts';

/** What changed between two sets of spans. */
export interface Changes {
  readonly whole: Whole;
  /** Whether anything changed that chance does not explain. */
  readonly changed: boolean;
  /** Who may answer for it, the sure first, then by how sure and how large. */
  readonly suspects: readonly Suspect[];
}

export interface Suspect extends RankedSuspect {
  /** What the changed traces have in common; of the first sure suspects only. */
  readonly value: SeparatingValue | undefined;
  /** Of the first sure suspects only. */
  readonly exemplars: Exemplars;
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
  const { whole, suspects } = await rankSuspects(spans);
  return { whole, changed: suspects.some(isSure), suspects: await lookCloser(spans, suspects) };
}

/** Only the ranking, without a closer look at the first suspects. */
export async function rankSuspects(
  spans: LaidOutSpans,
): Promise<{ readonly whole: Whole; readonly suspects: readonly RankedSuspect[] }> {
  const whole = await readWhole(spans);
  const signals = await readSignals(spans, await readSpots(spans), BLOCKS);
  const evidence = weighEvidence(signals, whole, BLOCKS);
  return { whole, suspects: findSuspects(evidence, chanceOf(signals.signals, BLOCKS)) };
}

/** Whether chance alone would hardly ever suspect it. */
export function isSure({ chance }: RankedSuspect): boolean {
  return chance <= SURE;
}

async function lookCloser(spans: LaidOutSpans, suspects: readonly RankedSuspect[]): Promise<readonly Suspect[]> {
  const near = suspects.filter(isSure).slice(0, CLOSER);
  const signals = near.flatMap(({ evidence }) => evidence.slice(0, 1).map(({ signal }) => signal));
  if (signals.length === 0) return suspects.map((suspect) => ({ ...suspect, ...NOTHING_MORE }));
  const marked = await markTraces(spans, signals);
  const exemplars = await findExemplars(spans, marked, near.length);
  const values = await findSeparatingValues(
    spans,
    marked,
    near.map(({ service }) => service),
  );
  return suspects.map((suspect, i) => ({
    ...suspect,
    value: values[i],
    exemplars: exemplars[i] ?? NOTHING_MORE.exemplars,
  }));
}

const NOTHING_MORE = { value: undefined, exemplars: { before: [], after: [] } } as const;

/** Into so many blocks of time each set is cut. Enough to shuffle, and each large enough to hold calls. */
export const BLOCKS = 8;
/** So many suspects are worth reading all attributes for. */
const CLOSER = 5;

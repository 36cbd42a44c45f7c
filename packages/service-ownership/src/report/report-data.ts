import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Drift } from '../catalogue/drift.ts';
import type { ObjectiveStatus } from '../objectives/objective-status.ts';
import type { Page } from '../pages/page.ts';
import type { Engine } from '../store/engine.ts';
import { layOutSpans } from '../what-changed/lay-out-spans.ts';
import type { SpanSet } from '../what-changed/span-set.ts';
import { BLOCKS, type Changes, findChanges, isSure } from '../what-changed/what-changed.ts';
import { type Exemplars, readExemplars } from './exemplars.ts';
import { type Histogram, readHistogram } from './histograms.ts';

/** All that a report shows. */
export interface ReportData {
  /** When the spans end, in milliseconds since the epoch; `undefined` without spans. */
  readonly nowMs: number | undefined;
  readonly catalogue: Catalogue;
  readonly drift: readonly Drift[];
  /** With who answers for each. */
  readonly objectives: readonly { readonly status: ObjectiveStatus; readonly owner: string }[];
  readonly pages: readonly Page[];
  /** `undefined` if no two sets were compared. */
  readonly comparison: Comparison | undefined;
}

/** What changed, with the pictures of it. */
export interface Comparison {
  readonly changes: Changes;
  readonly histograms: readonly Histogram[];
  readonly exemplars: readonly Exemplars[];
}

/** Compares two sets of traces, with histograms of the whole and the first suspect, and exemplars of the first three sure ones. */
export async function compareSets(
  engine: Engine,
  sets: { readonly before: SpanSet; readonly after: SpanSet },
): Promise<Comparison> {
  await using laid = await layOutSpans(engine, sets, BLOCKS);
  const changes = await findChanges(laid);
  const sure = changes.suspects.filter(isSure);
  const [first = changes.suspects[0]] = sure;
  const histograms = [await readHistogram(laid)];
  if (first) histograms.push(await readHistogram(laid, first));
  const exemplars: Exemplars[] = [];
  for (const suspect of sure.slice(0, 3)) exemplars.push(await readExemplars(engine, suspect));
  return { changes, histograms, exemplars };
}

import { MalformedInput } from '../read/malformed-input.ts';
import type { Engine } from '../store/engine.ts';
import { layOutSpans } from '../what-changed/lay-out-spans.ts';
import { BLOCKS, isSure, rankSuspects } from '../what-changed/what-changed.ts';
import { type Accuracy, accuracyOf, rankOf } from './accuracy.ts';
import { BASELINES, rankByBaseline } from './baselines.ts';
import type { LabelledCase } from './read-cases.ts';

/** How well the right service was found in labelled cases, and how well plain rules would have found it. */
export interface Evaluation extends Accuracy {
  readonly perFaultType: Readonly<Record<string, Accuracy>>;
  readonly baselines: Readonly<Record<string, Accuracy>>;
  /** Each case, as it went. */
  readonly ranks: readonly RankedCase[];
}

export interface RankedCase extends LabelledCase {
  /** Where the right service stood; undefined if it was not suspected at all. */
  readonly rank: number | undefined;
  /** Whether anything was said to have changed at all. */
  readonly changed: boolean;
  /** The first services. */
  readonly suspects: readonly string[];
  readonly baselines: Readonly<Record<string, number | undefined>>;
}

/**
 * Asks what changed in every labelled case and compares the answers with the labels. Spans are told by their `Window`. `file` is
 * the name of the cases in messages: throws `MalformedInput` if they name a window that has no spans.
 */
export async function evaluate(
  engine: Engine,
  cases: readonly LabelledCase[],
  file = 'the cases',
): Promise<Evaluation> {
  const ranks: RankedCase[] = [];
  await mustHaveSpans(engine, cases, file);
  for (const labelled of cases) ranks.push(await rankCase(engine, labelled));
  return {
    ...accuracyOf(ranks.map(({ rank }) => rank)),
    perFaultType: accuracyBy(ranks),
    baselines: Object.fromEntries(
      Object.keys(BASELINES).map((name) => [name, accuracyOf(ranks.map(({ baselines }) => baselines[name]))]),
    ),
    ranks,
  };
}

async function mustHaveSpans(engine: Engine, cases: readonly LabelledCase[], file: string): Promise<void> {
  const rows = await engine.query<{ label: string }>('SELECT DISTINCT "Window" AS label FROM otel_traces');
  const labels = new Set(rows.map(({ label }) => label));
  for (const { window, baseline } of cases) {
    for (const label of [window, baseline]) {
      if (!labels.has(label)) throw new MalformedInput(file, '', `no span has \`${label}\` as its \`Window\`.`);
    }
  }
}

async function rankCase(engine: Engine, labelled: LabelledCase): Promise<RankedCase> {
  const sets = { before: { window: labelled.baseline }, after: { window: labelled.window } };
  await using spans = await layOutSpans(engine, sets, BLOCKS);
  const { suspects } = await rankSuspects(spans);
  const services = [...new Set(suspects.map(({ service }) => service))];
  const baselines: Record<string, number | undefined> = {};
  for (const [name, baseline] of Object.entries(BASELINES)) {
    baselines[name] = rankOf(labelled.rootCauseService, await rankByBaseline(baseline, spans));
  }
  return {
    ...labelled,
    rank: rankOf(labelled.rootCauseService, services),
    changed: suspects.some(isSure),
    suspects: services.slice(0, 5),
    baselines,
  };
}

function accuracyBy(ranks: readonly RankedCase[]): Readonly<Record<string, Accuracy>> {
  const groups = Object.entries(Object.groupBy(ranks, ({ faultType }) => faultType)).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return Object.fromEntries(groups.map(([type, group]) => [type, accuracyOf((group ?? []).map(({ rank }) => rank))]));
}

import type { LaidOutSpans } from './lay-out-spans.ts';

/** The traces of both sets as a whole. */
export interface Whole {
  readonly before: SideOfWhole;
  readonly after: SideOfWhole;
}

/** The traces of one set: how many, how long their roots took, how many of these failed. */
export interface SideOfWhole {
  readonly traces: number;
  /** How many of them were looked into. */
  readonly taken: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failed: number;
  /** How many traces took how long, in steps of a quarter of a doubling, the quick first. */
  readonly histogram: readonly HistogramStep[];
}

/** Traces that took at least `fromMs` and less than `toMs`. */
export interface HistogramStep {
  readonly fromMs: number;
  readonly toMs: number;
  readonly traces: number;
}

/** Reads what is asked of the traces as a whole. A trace without its root counts from its first span to its last. */
export async function readWhole(spans: LaidOutSpans): Promise<Whole> {
  const sides = await spans.engine.query<SideRow>(sidesSql(spans));
  const steps = await spans.engine.query<StepRow>(stepsSql(spans));
  return { before: toSide(0, sides, steps), after: toSide(1, sides, steps) };
}

type SideRow = Omit<SideOfWhole, 'histogram'> & { readonly side: number };

function sidesSql({ engine, traces }: LaidOutSpans): string {
  const { quantile } = engine.words;
  return `SELECT Side AS side, count(*) AS traces, sum(Taken) AS taken, avg(Whole) / 1e6 AS "meanMs",
      ${quantile('Whole', 0.5)} / 1e6 AS "p50Ms", ${quantile('Whole', 0.99)} / 1e6 AS "p99Ms", sum(Failed) AS failed
    FROM ${traces} GROUP BY Side`;
}

interface StepRow {
  readonly side: number;
  readonly step: number;
  readonly traces: number;
}

function stepsSql({ traces }: LaidOutSpans): string {
  return `SELECT side, step, count(*) AS traces
    FROM (SELECT Side AS side, floor(log2(greatest(Whole, 1)) * ${STEPS_PER_DOUBLING}) AS step FROM ${traces}) AS stepped
    GROUP BY side, step ORDER BY side, step`;
}

function toSide(wanted: number, sides: readonly SideRow[], steps: readonly StepRow[]): SideOfWhole {
  const { side: _, ...row } = sides.find(({ side }) => side === wanted) ?? NONE;
  const histogram = steps
    .filter(({ side }) => side === wanted)
    .map(({ step, traces }) => ({ fromMs: msOf(step), toMs: msOf(step + 1), traces }));
  return { ...row, histogram };
}

function msOf(step: number): number {
  return 2 ** (step / STEPS_PER_DOUBLING) / 1e6;
}

const STEPS_PER_DOUBLING = 4;
const NONE: SideRow = { side: 0, traces: 0, taken: 0, meanMs: 0, p50Ms: 0, p99Ms: 0, failed: 0 };

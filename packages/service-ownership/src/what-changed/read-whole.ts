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
}

/** Reads what is asked of the traces as a whole. A trace without its root counts from its first span to its last. */
export async function readWhole({ engine, traces, taken }: LaidOutSpans): Promise<Whole> {
  const { quantile } = engine.words;
  const rows = await engine.query<SideOfWhole & { readonly side: number }>(
    `SELECT w.Side AS side, traces, taken, "meanMs", "p50Ms", "p99Ms", failed
    FROM (
      SELECT Side, count(*) AS traces, avg(Whole) / 1e6 AS "meanMs", ${quantile('Whole', 0.5)} / 1e6 AS "p50Ms",
        ${quantile('Whole', 0.99)} / 1e6 AS "p99Ms", sum(Failed) AS failed
      FROM ${traces} GROUP BY Side
    ) AS w JOIN (SELECT Side, count(*) AS taken FROM ${taken} GROUP BY Side) AS t ON w.Side = t.Side`,
  );
  const of = (wanted: number): SideOfWhole => {
    const { side: _, ...row } = rows.find(({ side }) => side === wanted) ?? NONE;
    return row;
  };
  return { before: of(0), after: of(1) };
}

const NONE = { side: 0, traces: 0, taken: 0, meanMs: 0, p50Ms: 0, p99Ms: 0, failed: 0 };

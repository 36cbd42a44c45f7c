import type { Engine } from '../store/engine.ts';

/** The last end of a span, in milliseconds since the epoch: "now" of spans that were kept; `undefined` without spans. */
export async function lastMoment({ query, words }: Engine): Promise<number | undefined> {
  const [row] = await query<{ lastMs: number | null }>(
    `SELECT max(${words.epochMs('Timestamp')} + Duration / 1e6) AS "lastMs" FROM otel_traces`,
  );
  return row?.lastMs ?? undefined;
}

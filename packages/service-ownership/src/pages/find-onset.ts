import type { Objective } from '../read/objective.ts';
import type { Engine } from '../store/engine.ts';
import type { TimeSpan } from './cause.ts';

/**
 * When an objective began to burn, within a time: the first bad request of the fortieth of that time from which on
 * the share of bad ones changes most clearly; the first of all, if it never does.
 */
export async function findOnset({ query, words }: Engine, objective: Objective, time: TimeSpan): Promise<number> {
  const stepMs = (time.toMs - time.fromMs) / STEPS;
  const { service, operation, measure } = objective;
  const bad =
    measure.kind === 'latency' ? `Duration > ${Math.round(measure.thresholdMs * 1e6)}` : `StatusCode = 'Error'`;
  const rows = await query<Step>(
    `SELECT step, count(*) AS total, countIf(isBad) AS bad, min(CASE WHEN isBad THEN startMs END) AS "firstBadMs" FROM (
      SELECT floor((${words.epochMs('Timestamp')} - $fromMs) / $stepMs) AS step, ${bad} AS isBad,
        ${words.epochMs('Timestamp')} AS startMs FROM otel_traces
      WHERE ServiceName = $service AND SpanName = $operation
        AND ${words.epochMs('Timestamp')} >= $fromMs AND ${words.epochMs('Timestamp')} <= $toMs) AS s
    GROUP BY step ORDER BY step`,
    { ...time, stepMs, service, operation },
  );
  return clearestStep(rows)?.firstBadMs ?? time.fromMs;
}

interface Step {
  readonly step: number;
  readonly total: number;
  readonly bad: number;
  readonly firstBadMs: number | null;
}

/** The step from which on the two sides, each with its own share of bad ones, are the likeliest. */
function clearestStep(steps: readonly Step[]): Step | undefined {
  const all = sum(steps);
  let clearest = { step: steps.find((one) => one.bad > 0), likelihood: likelihood(all) };
  steps.forEach((step, i) => {
    const [early, late] = [sum(steps.slice(0, i)), sum(steps.slice(i))];
    const both = likelihood(early) + likelihood(late);
    if (i > 0 && both > clearest.likelihood && share(late) > share(early)) clearest = { step, likelihood: both };
  });
  return clearest.step;
}

function sum(steps: readonly Step[]) {
  return steps.reduce((all, { total, bad }) => ({ total: all.total + total, bad: all.bad + bad }), {
    total: 0,
    bad: 0,
  });
}

function share({ total, bad }: { readonly total: number; readonly bad: number }): number {
  return total === 0 ? 0 : bad / total;
}

/** The logarithm of the likelihood of so many bad ones at just their share. */
function likelihood({ total, bad }: { readonly total: number; readonly bad: number }): number {
  const good = total - bad;
  return (bad === 0 ? 0 : bad * Math.log(bad / total)) + (good === 0 ? 0 : good * Math.log(good / total));
}

const STEPS = 40;

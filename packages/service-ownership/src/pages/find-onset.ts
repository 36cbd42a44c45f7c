import type { Objective } from '../read/objective.ts';
import type { Engine } from '../store/engine.ts';
import type { TimeSpan } from './cause.ts';

/**
 * When an objective began to burn, within a time: where the share of bad requests changes most clearly, to a fortieth of
 * that time. The start of the time, if all of it is alike.
 */
export async function findOnset({ query, words }: Engine, objective: Objective, time: TimeSpan): Promise<number> {
  const stepMs = (time.toMs - time.fromMs) / STEPS;
  const { service, operation, measure } = objective;
  const bad =
    measure.kind === 'latency' ? `Duration > ${Math.round(measure.thresholdMs * 1e6)}` : `StatusCode = 'Error'`;
  const rows = await query<Step>(
    `SELECT step, count(*) AS total, countIf(bad) AS bad FROM (
      SELECT floor((${words.epochMs('Timestamp')} - $fromMs) / $stepMs) AS step, ${bad} AS bad FROM otel_traces
      WHERE ServiceName = $service AND SpanName = $operation
        AND ${words.epochMs('Timestamp')} >= $fromMs AND ${words.epochMs('Timestamp')} <= $toMs) AS s
    GROUP BY step ORDER BY step`,
    { ...time, stepMs, service, operation },
  );
  return time.fromMs + clearestStep(rows) * stepMs;
}

interface Step {
  readonly step: number;
  readonly total: number;
  readonly bad: number;
}

/** The step from which on the two sides, each with its own share of bad ones, are the likeliest. */
function clearestStep(steps: readonly Step[]): number {
  const all = sum(steps);
  let clearest = { step: 0, likelihood: likelihood(all) };
  steps.forEach(({ step }, i) => {
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

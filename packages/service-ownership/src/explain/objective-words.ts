import type { Burn, ObjectiveStatus } from '../objectives/objective-status.ts';
import type { Objective } from '../read/objective.ts';
import { duration, percent } from './phrases.ts';

/** What an objective promises: `99.9 % without error`, `95 % within 300 ms`. */
export function promiseOf({ measure, target }: Objective): string {
  return measure.kind === 'availability'
    ? `${percent(target)} without error`
    : `${percent(target)} within ${duration(measure.thresholdMs)}`;
}

/** The same where there is little room: `99.9 % ok`, `95 % in 300 ms`. */
export function shortPromiseOf({ measure, target }: Objective): string {
  return `${percent(target)} ${measure.kind === 'availability' ? 'ok' : `in ${duration(measure.thresholdMs)}`}`;
}

/** How much of the budget is left, or how many budgets were spent too much. */
export function budgetOf({ state, budget }: ObjectiveStatus): string {
  if (state === 'no-data') return 'no requests';
  return budget.leftShare < 0 ? `overspent by ${percent(-budget.leftShare)}` : `${percent(budget.leftShare)} left`;
}

/** How fast a pair of windows burns. */
export function burnOf({ severity, long, short, longMs, shortMs, factor }: Burn): string {
  const times = (rate: number) => `${Number(rate.toPrecision(3))}×`;
  return `${severity}: ${times(long)} over ${duration(longMs)} and ${times(short)} over ${duration(shortMs)}, more than ${factor}×`;
}

/** An objective's state in a word or two. */
export function stateWords({ state, firing }: ObjectiveStatus): string {
  if (state === 'burning') return `burning (${firing?.severity})`;
  return STATES[state];
}

const STATES = { 'no-data': 'no data', kept: 'kept', burning: 'burning', broken: 'broken' } as const;

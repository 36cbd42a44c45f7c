import type { Objective } from '../read/objective.ts';
import type { BurnWindow } from './burn-windows.ts';
import type { RequestCount } from './count-requests.ts';

/** How an objective stands at a time. */
export interface ObjectiveStatus {
  readonly objective: Objective;
  /** Requests over the objective's whole window. */
  readonly requests: RequestCount;
  /** The share that was good; `undefined` if there were no requests. */
  readonly attainment: number | undefined;
  readonly budget: ErrorBudget;
  readonly burns: readonly Burn[];
  /** The gravest of what fires; `undefined` if nothing does. */
  readonly firing: Burn | undefined;
  readonly state: 'no-data' | 'kept' | 'burning' | 'broken';
}

/** How many requests may be bad: the share that the target leaves of those that came. */
export interface ErrorBudget {
  readonly allowed: number;
  readonly spent: number;
  /** What is left, from 1 to 0; below 0 when more was spent than there was. */
  readonly leftShare: number;
}

/** One pair of windows: at which multiple of the sustainable rate each spends the budget. */
export interface Burn extends BurnWindow {
  readonly long: number;
  readonly short: number;
  /** Both faster than the factor. */
  readonly isFiring: boolean;
}

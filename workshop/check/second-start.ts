import type { Env } from '../app/app-env.ts';
import type { StageRun } from './check.ts';
import type { DrivenApp, DrivenRun } from './drive-app.ts';

/** A second start of the app, for what a run whose every trace is kept cannot show: its own environment, its own requests. */
export type SecondStart = {
  /** Tells it from others; checks that name the same one share its run. */
  readonly id: string;
  /** Wins over what the Procfile sets. */
  readonly env: Env;
  /** Set where it is of no use before everything else is right: it is made only when all other checks pass; until then its check is not asked. */
  readonly last?: true;
  /** How long the driving may take, where that is more than for the standard scenario. */
  readonly deadlineMs?: number;
  /** Drives the app; what it gives is the run's `seen`. */
  readonly drive: (driven: DrivenApp) => Promise<unknown>;
};

/** What a second start left behind. */
export type SecondRun = DrivenRun<unknown>;

/** The run of a second start, or none: where the first one had nothing to show, or broke a promise, there is no second. */
export function secondRunOf({ secondRuns }: StageRun, { id }: SecondStart): SecondRun | undefined {
  return secondRuns.get(id);
}

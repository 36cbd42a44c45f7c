import type { Objective } from '../read/objective.ts';

/** A time, in milliseconds since the epoch; from is in it, to is not. */
export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What is asked when an objective burns: what is different from before, in the traces of its operation? */
export interface CauseQuestion {
  readonly objective: Objective;
  readonly before: TimeSpan;
  readonly after: TimeSpan;
}

/** One that may be the cause, with why. */
export interface Suspect {
  readonly service: string;
  readonly operation: string;
  /** How much of what the objective lost it explains, from 0 to 1. */
  readonly effect: number;
  /** The chance that it is nothing but chance; `undefined` if nobody calculated it. */
  readonly chance: number | undefined;
  /** Sentences: what is different there. */
  readonly because: readonly string[];
}

/** Finds who may be the cause, the likeliest first; none if nothing is different. */
export type FindCause = (question: CauseQuestion) => Promise<readonly Suspect[]>;

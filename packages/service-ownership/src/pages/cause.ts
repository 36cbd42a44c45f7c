import type { Objective } from '../read/objective.ts';
import type { Share } from '../what-changed/compare-shares.ts';
import type { SuspectCode } from '../what-changed/credit.ts';
import type { SeparatingValue } from '../what-changed/separating-values.ts';
import type { Place } from '../what-changed/spot.ts';

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
  /** What the changed traces have in common: a version, a flag, a tenant. */
  readonly value: SeparatingValue | undefined;
  /** What is different there. */
  readonly reasons: readonly Reason[];
}

/** One difference, as facts. */
export type Reason =
  /** So many errors began there, in so many requests; before, in this share of them, if there were any. */
  | {
      readonly kind: 'own-errors';
      readonly errors: number;
      readonly requests: number;
      readonly wasShare: number | undefined;
    }
  /** Its own time on the critical path of a request, on average, now and before, if there was any. */
  | { readonly kind: 'own-time'; readonly wasMs: number | undefined; readonly isMs: number }
  /** It ended when so many of the queries that waited went on. */
  | { readonly kind: 'held'; readonly waits: number; readonly of: number; readonly longestMs: number }
  /** What-changed found it: how many behaved so, before and after. */
  | {
      readonly kind: 'change';
      readonly code: SuspectCode;
      readonly call: Place | undefined;
      readonly before: Share;
      readonly after: Share;
    };

/** Finds who may be the cause, the likeliest first; none if nothing is different. */
export type FindCause = (question: CauseQuestion) => Promise<readonly Suspect[]>;

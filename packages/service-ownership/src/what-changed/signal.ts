import type { Spot } from './spot.ts';

/** What may change at a spot. Each counts how many behave in a way; more of them is a change for the worse or a new one. */
export type SignalKind =
  /** Spans whose self time is above the 90th, the 99th percentile of before. */
  | 'slow'
  | 'very-slow'
  /** Spans with an error that none of their children had. */
  | 'error'
  /** Calls to another service without a span of that service below. */
  | 'unanswered'
  /** Spans whose last child this is, among those that have it; without a child: spans that have none. */
  | 'last'
  /** Spans that have this child, and those that have it more often than 99 % had before. */
  | 'has'
  | 'has-more'
  /** Spans that do not have this child. */
  | 'lacks';

/** Counts of one kind at one spot, by block: the blocks of before, then as many of after. */
export interface Signal {
  readonly kind: SignalKind;
  readonly spot: Spot;
  readonly child: Spot | undefined;
  /** How many there were. */
  readonly of: readonly number[];
  /** How many of them behaved so. */
  readonly hits: readonly number[];
}

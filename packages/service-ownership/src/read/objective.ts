/** A promise about one operation of one service. */
export interface Objective {
  readonly name: string;
  readonly displayName: string | undefined;
  readonly service: string;
  readonly operation: string;
  readonly measure: Measure;
  /** The share of requests that must be good, between 0 and 1. */
  readonly target: number;
  /** The rolling time over which the target is to hold. */
  readonly windowMs: number;
  /** The label `team`, if there is one. */
  readonly team: string | undefined;
  /** The file that promises it, or the objective at the edge from which it is derived. */
  readonly origin:
    | { readonly kind: 'declared'; readonly file: string; readonly line: number }
    | { readonly kind: 'derived'; readonly from: string; readonly share: number };
}

/**
 * What makes a request good. Available: its span's status is not ERROR. Quick: it lasts no longer than so long, of those
 * that did not fail, so that a failure counts once.
 */
export type Measure = { readonly kind: 'availability' } | { readonly kind: 'latency'; readonly thresholdMs: number };

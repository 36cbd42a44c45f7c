import type { SpanNode } from 'trace-shapes';
import type { SUSPECTS } from '../check/incident.ts';
import type { Night } from './night.ts';

/** One of the six who could have done it. */
export type Suspect = (typeof SUSPECTS)[number];

/** What a bench's telemetry says of one suspect. */
export type Judgement = {
  readonly suspect: Suspect;
  readonly verdict: 'cleared' | 'charged' | 'open';
  /** Why, in a sentence. */
  readonly reason: string;
  /** The spans that say so. */
  readonly evidence: readonly SpanNode[];
};

/** Looks at one suspect; `others` are those who were judged before. */
export type Judge = (night: Night, others: ReadonlyMap<Suspect, Judgement>) => Omit<Judgement, 'suspect'>;

import type { ObjectiveStatus } from '../objectives/objective-status.ts';
import type { Suspect, TimeSpan } from './cause.ts';

/** One page: to whom, for what, with the evidence. */
export interface Page {
  /** The same for the same cause as long as it burns. */
  readonly fingerprint: string;
  readonly severity: 'page' | 'ticket';
  /** The owner of the cause; of the symptom, if no cause was found. */
  readonly owner: string;
  /** The service that is the cause, or else the one that made the promise. */
  readonly service: string;
  readonly hasCause: boolean;
  /** What burns because of it: the gravest first. */
  readonly objectives: readonly ObjectiveStatus[];
  /** The likeliest first; at most five. */
  readonly suspects: readonly Suspect[];
  readonly before: TimeSpan;
  readonly after: TimeSpan;
  /** A trace that shows it. */
  readonly exemplarTraceId: string | undefined;
  /** A version of the cause that was first seen as it began, if there is one. */
  readonly newVersion: string | undefined;
  readonly runbook: string | undefined;
  readonly chat: string | undefined;
  readonly pager: string | undefined;
  /** Those between the promise and the cause, who feel it and can do nothing. */
  readonly affected: readonly Affected[];
}

export interface Affected {
  readonly owner: string;
  readonly services: readonly string[];
  readonly chat: string | undefined;
}

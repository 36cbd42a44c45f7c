import type { Telemetry } from '../otlp/telemetry.ts';

/** A source of telemetry that can be waited on. */
export interface Arrivals {
  /** Everything that has arrived since the start or the last `clear()`. */
  readonly telemetry: Telemetry;
  /** Aborted when nothing more can come. */
  readonly closed: AbortSignal;
  /** Calls the listener with each batch that arrives; the function that it returns ends that. */
  onArrival(listener: (arrived: Telemetry) => void): () => void;
}

export interface Deadline {
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** The deadline of a wait has passed; the message says what was waited for and what had come. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed';
}

/** Resolves once `isReached` holds of what has arrived, at the latest at the deadline, when it rejects with `DeadlinePassed`. */
export function waitUntil(
  arrivals: Arrivals,
  what: string,
  isReached: (telemetry: Telemetry) => boolean,
  deadline: Deadline,
): Promise<void> {
  return waitOn<void>(arrivals, deadline, ({ resolve, reject }) => ({
    onArrival: () => {
      if (isReached(arrivals.telemetry)) resolve();
    },
    onDeadline: () => reject(passed(what, deadline.deadlineMs, arrivals.telemetry)),
  }));
}

/** A wait's reactions: `onArrival` is called at once and then with every batch. */
export interface Reactions {
  onArrival(arrived: Telemetry): void;
  onDeadline(): void;
}

/** Reacts to arrivals until one reaction settles the promise; rejects when it is aborted or the source is closed. */
export async function waitOn<T>(
  arrivals: Arrivals,
  { deadlineMs, signal }: Deadline,
  react: (promise: PromiseWithResolvers<T>) => Reactions,
): Promise<T> {
  const over = AbortSignal.any([arrivals.closed, ...(signal ? [signal] : [])]);
  over.throwIfAborted();
  const settling = Promise.withResolvers<T>();
  const { onArrival, onDeadline } = react(settling);
  const abort = () => settling.reject(over.reason);
  over.addEventListener('abort', abort);
  const timer = setTimeout(onDeadline, deadlineMs);
  const stopListening = arrivals.onArrival((arrived) => {
    try {
      onArrival(arrived);
    } catch (error) {
      settling.reject(error);
    }
  });
  try {
    onArrival(arrivals.telemetry);
    return await settling.promise;
  } finally {
    clearTimeout(timer);
    stopListening();
    over.removeEventListener('abort', abort);
  }
}

function passed(what: string, deadlineMs: number, { spans, logs, metrics }: Telemetry): DeadlinePassed {
  const last = spans.at(-1);
  const came = `${spans.length} spans, ${logs.length} logs and ${metrics.length} metrics had arrived`;
  const latest = last === undefined ? '' : `, the last span \`${last.name}\` of \`${last.service}\``;
  return new DeadlinePassed(`Waited ${deadlineMs} ms for ${what}: ${came}${latest}.`);
}

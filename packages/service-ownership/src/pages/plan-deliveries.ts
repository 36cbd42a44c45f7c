import { type Alert, resolve } from './alert.ts';
import type { PageBook } from './page-book.ts';

/**
 * What is to be sent now: what fires and was not delivered yet, or so long ago that it is said again; what fired and no
 * longer does, as resolved; and what could not be delivered before, unless it is out of date.
 */
export function planDeliveries(
  firing: readonly Alert[],
  book: PageBook,
  { nowMs, repeatMs }: { readonly nowMs: number; readonly repeatMs: number },
): readonly Alert[] {
  const fires = new Set(firing.map(({ fingerprint }) => fingerprint));
  const delivered = new Map(book.open.map(({ alert, deliveredMs }) => [alert.fingerprint, deliveredMs]));
  const due = firing.filter(
    ({ fingerprint }) => nowMs - (delivered.get(fingerprint) ?? Number.NEGATIVE_INFINITY) >= repeatMs,
  );
  const over = book.open.filter(({ alert }) => !fires.has(alert.fingerprint)).map(({ alert }) => resolve(alert, nowMs));
  // A resolve that got lost would leave somebody awake; a page that got lost and is over would wake somebody for nothing.
  const lost = book.undelivered
    .map(({ alert }) => alert)
    .filter(
      ({ status, fingerprint }) => status === 'resolved' && !fires.has(fingerprint) && !delivered.has(fingerprint),
    );
  return [...due, ...over, ...lost];
}

/** How a delivery ended; `reason` says why it did not arrive. */
export interface Delivery {
  readonly alert: Alert;
  readonly attempts: number;
  readonly reason: string | undefined;
}

/** The book after deliveries. What is over is closed, also when nobody could be told: then it is kept as undelivered. */
export function noteDeliveries(book: PageBook, deliveries: readonly Delivery[], nowMs: number): PageBook {
  const touched = new Set(deliveries.map(({ alert }) => alert.fingerprint));
  const arrived = deliveries.filter(({ reason }) => reason === undefined);
  const since = new Map(book.undelivered.map(({ alert, sinceMs }) => [alert.fingerprint, sinceMs]));
  return {
    open: [
      ...book.open.filter(({ alert }) => !touched.has(alert.fingerprint)),
      ...arrived.filter(({ alert }) => alert.status === 'firing').map(({ alert }) => ({ alert, deliveredMs: nowMs })),
      ...stillOpen(book, deliveries),
    ],
    undelivered: deliveries.flatMap(({ alert, reason }) =>
      reason === undefined ? [] : [{ alert, reason, sinceMs: since.get(alert.fingerprint) ?? nowMs }],
    ),
  };
}

/** A page whose repetition did not arrive was delivered before, and stays open. */
function stillOpen({ open }: PageBook, deliveries: readonly Delivery[]) {
  return open.filter(({ alert }) =>
    deliveries.some(
      (one) => one.reason !== undefined && one.alert.status === 'firing' && one.alert.fingerprint === alert.fingerprint,
    ),
  );
}

import type { Queryable } from '../wait-for-rows.ts';

/** What can be behind a night like the last one, in the words in which a suspect is named. */
export type CauseName = 'nightly-report' | 'delivery' | 'customer-export' | 'payments' | 'checkout';

/** What a cause works with: the running shop, and its database. */
export type NightDesk = { readonly shopUrl: string; readonly database: Queryable; readonly signal: AbortSignal };

/** One cause: how it begins before the customers come, and when it is over. */
export type Cause = {
  readonly name: CauseName;
  /** Resolves once whoever comes now will have to wait. */
  readonly begin: (desk: NightDesk) => Promise<void>;
  /** Whether the first customers wait for a lock in the database; the others come once they do. */
  readonly locks: boolean;
  /** Resolves once nobody has to wait any more for it. */
  readonly end: (desk: NightDesk) => Promise<void>;
};

/** The night cannot be what it is meant to be: in words, why. */
export class NightSpoiled extends Error {
  override readonly name = 'NightSpoiled';
}

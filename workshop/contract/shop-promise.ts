import type { Answer } from '../scenario/send-request.ts';
import type { Row } from '../scenario/wait-for-rows.ts';
import type { HeldRow } from './while-held.ts';

/** Something that the shop does for its users, whatever its code looks like. */
export type ShopPromise = { readonly title: string; readonly check: (visit: Visit) => Promise<void> };

/** A promise that was not kept: what was looked at, what it should be, what it was. */
export type Breach = {
  readonly promise: string;
  readonly where: string;
  readonly expected: unknown;
  readonly actual: unknown;
};

/** Everything that a promise's check may do with the running shop. */
export type Visit = {
  readonly shop: Caller;
  readonly warehouse: Caller;
  readonly payments: Caller;
  /** The rows as they are now. */
  rows(sql: string, ...values: unknown[]): Promise<readonly Row[]>;
  /** The rows as soon as there are that many, or what there is at the deadline. */
  rowsOnce(count: number, sql: string, ...values: unknown[]): Promise<readonly Row[]>;
  /** Does some work while a row is locked, and lets go of the row as soon as so many wait for it. */
  whileHeld<Result>(row: HeldRow, work: () => Promise<Result>): Promise<Result>;
  /** Notes a breach for every difference; a regular expression stands for each text that it matches. */
  expect(where: string, actual: unknown, expected: unknown): void;
};

/** Sends requests to one of the app's processes. */
export type Caller = {
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
};

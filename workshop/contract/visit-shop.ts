import type { RunningShop } from '../scenario/running-shop.ts';
import { sendRequest } from '../scenario/send-request.ts';
import { type Queryable, type Row, waitForRows } from '../scenario/wait-for-rows.ts';
import { findDifference } from './find-difference.ts';
import type { Breach, Caller, Visit } from './shop-promise.ts';
import { whileHeld } from './while-held.ts';

/** What a visit goes to, and where it notes what is not as promised. */
export type VisitPlan = {
  readonly urls: RunningShop['urls'];
  readonly database: Queryable;
  readonly databaseUrl: string;
  readonly report: (breach: Omit<Breach, 'promise'>) => void;
  readonly signal: AbortSignal;
};

/** Visits the shop for one promise. */
export function visitShop({ urls, database, databaseUrl, report, signal }: VisitPlan): Visit {
  const rows = async (sql: string, ...values: unknown[]): Promise<readonly Row[]> =>
    plain((await database.query(sql, values)).rows);
  return {
    shop: callerOf(urls.shop, signal),
    warehouse: callerOf(urls.warehouse, signal),
    payments: callerOf(urls.payments, signal),
    rows,
    rowsOnce: async (count, sql, ...values) =>
      plain(await waitForRows(database, { sql, values, isEnough: (found) => found.length >= count, signal })),
    whileHeld: (row, work) => whileHeld({ ...row, database, databaseUrl, signal }, work),
    expect(where, actual, expected) {
      const difference = findDifference(expected, actual);
      if (!difference) return;
      const path = difference.path === '' ? '' : `, ${difference.path}`;
      report({ where: `${where}${path}`, expected: difference.expected, actual: difference.actual });
    },
  };
}

function callerOf(url: string, signal: AbortSignal): Caller {
  return {
    get: (path) => sendRequest('GET', url + path, undefined, signal),
    post: (path, body) => sendRequest('POST', url + path, body, signal),
    delete: (path) => sendRequest('DELETE', url + path, undefined, signal),
  };
}

/** Rows without the driver's own types: counts come as text, and as numbers in the same process as others' type parsers. */
function plain(rows: readonly Row[]): readonly Row[] {
  return JSON.parse(JSON.stringify(rows));
}

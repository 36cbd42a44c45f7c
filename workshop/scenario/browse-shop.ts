import { setTimeout as delay } from 'node:timers/promises';
import { pagesOfTheShop } from './customers-of-last-night.ts';
import { sendRequest } from './send-request.ts';

/** People who look around until they are sent away; disposing does that and waits for the last of them. */
export type Browsers = { [Symbol.asyncDispose](): Promise<void> };

/** Lets that many people a second look at the shop's pages, in a fixed order. */
export function letPeopleBrowse(shopUrl: string, visitsPerSecond: number, signal: AbortSignal): Browsers {
  const leaving = new AbortController();
  const until = AbortSignal.any([signal, leaving.signal]);
  const browsing = browse(shopUrl, 1000 / visitsPerSecond, until);
  return {
    async [Symbol.asyncDispose]() {
      leaving.abort();
      await browsing;
    },
  };
}

async function browse(shopUrl: string, pauseMs: number, until: AbortSignal): Promise<void> {
  const visits: Promise<unknown>[] = [];
  for (let visit = 0; !until.aborted; visit++) {
    const page = pagesOfTheShop[visit % pagesOfTheShop.length] ?? '/yarns';
    // Somebody who only looks proves nothing: whether the page came is seen in the checkouts and in the log.
    visits.push(sendRequest('GET', shopUrl + page).catch(() => {}));
    await delay(pauseMs, undefined, { signal: until }).catch(() => {});
  }
  await Promise.all(visits);
}

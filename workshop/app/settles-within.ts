import { setTimeout as delay } from 'node:timers/promises';

/** Waits for a promise for so many milliseconds, and tells whether it was settled by then; rejects as it does. */
export async function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  const timer = new AbortController();
  try {
    const late = delay(ms, false, { signal: timer.signal }).catch(() => false);
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    timer.abort();
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { wantsProcessor } from './group-facts.ts';

/** Tells whether a process group uses a processor all the time, as an endless loop does; undefined where that is unknown. */
export async function neverRests(leader: number | undefined): Promise<boolean | undefined> {
  // Several looks: a process that waits may be caught at a timer of its own.
  const looks: (boolean | undefined)[] = [];
  while (looks.length < 10) {
    looks.push(leader === undefined ? undefined : wantsProcessor(leader));
    await delay(10);
  }
  if (looks.includes(undefined)) return undefined;
  return looks.filter(Boolean).length >= 8;
}

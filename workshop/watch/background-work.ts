import { UsageError } from '../stages/usage-error.ts';
import type { WatchEvent } from './event.ts';
import type { EventQueue } from './event-queue.ts';

/** What the watch does beside its loop, one thing at a time; disposing calls it off and waits until it has ended. */
export type BackgroundWork = AsyncDisposable & { readonly start: (run: WorkRun) => void };

/** Something that takes a while, tells what it is doing, and ends as an event. */
export type WorkRun = (signal: AbortSignal, onProgress: (what: string) => void) => Promise<WatchEvent>;

/** Prepares work whose end, like its progress, comes as an event. */
export function createBackgroundWork(events: EventQueue<WatchEvent>, signal: AbortSignal): BackgroundWork {
  const leaving = new AbortController();
  const until = AbortSignal.any([signal, leaving.signal]);
  let last: Promise<void> = Promise.resolve();

  async function carryOut(run: WorkRun): Promise<void> {
    const ticks = setInterval(() => events.push({ type: 'tick' }), TICK_MS);
    const onProgress = (what: string) => events.push({ type: 'progress', what });
    const event = await run(until, onProgress).catch((error: unknown) => eventOf(error, until));
    clearInterval(ticks);
    events.push(event);
  }

  return {
    start(run) {
      last = carryOut(run);
    },
    async [Symbol.asyncDispose]() {
      leaving.abort(new Error('the watch has ended'));
      await last;
    },
  };
}

function eventOf(error: unknown, signal: AbortSignal): WatchEvent {
  if (signal.aborted) return { type: 'ended' };
  if (error instanceof UsageError) return { type: 'failed', message: error.message };
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { type: 'failed', message: `This is a mistake in the workshop, not in your code. Please report it: ${what}` };
}

const TICK_MS = 500;

import type { Crash } from '../app/running-app.ts';

/** Everything that can happen while the app runs for somebody who looks; sources push, one loop takes. */
export type LiveEvent =
  | { readonly type: 'key'; readonly key: string }
  | { readonly type: 'saved' }
  | { readonly type: 'crashed'; readonly crash: Crash }
  /** A task is over, with what went wrong in it. */
  | { readonly type: 'done'; readonly error: unknown }
  /** No more keys will come: what was asked for is done to the end. */
  | { readonly type: 'no-more-keys' }
  | { readonly type: 'ended' };

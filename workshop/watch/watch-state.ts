import type { Stage } from '../stages/list-stages.ts';
import type { CheckedBench, WatchEvent } from './event.ts';

/** What the watch knows; the screen is drawn from this and nothing else. */
export type WatchState = {
  readonly stage: Stage;
  /** What is going on, and since when by the monotonic clock; `undefined` while it waits for a save. */
  readonly busy: { readonly what: string; readonly sinceMs: number } | undefined;
  /** Whether the bench was saved while a run was under way. */
  readonly again: boolean;
  readonly checked: CheckedBench | undefined;
  /** One line below the verdict: what a key did, or why something could not be done. */
  readonly message: string | undefined;
  /** A text shown in place of the verdict until the next key: a diff, last night. */
  readonly page: string | undefined;
  /** How many of the stage's hints are shown. */
  readonly hints: number;
  readonly columns: number;
  readonly rows: number;
};

/** What follows from an event for what is known; effects are the loop's. */
export function nextState(state: WatchState, event: WatchEvent, nowMs: number): WatchState {
  switch (event.type) {
    case 'saved':
      return state.busy ? { ...state, again: true } : state;
    case 'progress':
      return { ...state, busy: { what: event.what, sinceMs: state.busy?.sinceMs ?? nowMs } };
    case 'checked':
      return { ...state, busy: undefined, checked: event.outcome };
    case 'done':
      return { ...state, busy: undefined, message: event.message, page: event.page };
    case 'failed':
      return { ...state, busy: undefined, message: event.message };
    case 'resized':
      return { ...state, columns: event.columns, rows: event.rows };
    case 'key':
      return { ...state, message: undefined, page: undefined };
    default:
      return state;
  }
}

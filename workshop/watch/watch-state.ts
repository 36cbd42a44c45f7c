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
  /** Why the last check or action could not be carried out; it stands until one can. */
  readonly trouble: string | undefined;
  /** What a key did, told below the verdict until the next key. */
  readonly message: string | undefined;
  /** A text shown in place of the verdict until the next key or save: a diff, last night. */
  readonly page: string | undefined;
  /** How many of the stage's hints are shown. */
  readonly hints: number;
  readonly columns: number;
  readonly rows: number;
};

/** What a watch knows before its first check. */
export function freshState(stage: Stage, size: Pick<WatchState, 'columns' | 'rows'>): WatchState {
  return {
    stage,
    busy: undefined,
    again: false,
    checked: undefined,
    trouble: undefined,
    message: undefined,
    page: undefined,
    hints: 0,
    ...size,
  };
}

/** What follows from an event for what is known; effects are the loop's. */
export function nextState(state: WatchState, event: WatchEvent): WatchState {
  switch (event.type) {
    case 'saved':
      return state.busy ? { ...state, again: true } : state;
    case 'progress':
      // What is prepared in the background while the learner thinks is nobody's business.
      return state.busy ? { ...state, busy: { ...state.busy, what: event.what } } : state;
    case 'checked':
      return { ...state, busy: undefined, trouble: undefined, page: undefined, checked: event.outcome };
    case 'done':
      return { ...state, busy: undefined, trouble: undefined, message: event.message, page: event.page };
    case 'failed':
      return { ...state, busy: undefined, trouble: event.message };
    case 'resized':
      return { ...state, columns: event.columns, rows: event.rows };
    case 'key':
      return { ...state, message: undefined, page: undefined };
    default:
      return state;
  }
}

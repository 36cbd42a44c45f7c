import type { Stage } from '../stages/list-stages.ts';
import type { CheckedBench, WatchEvent } from './event.ts';
import { actionOf } from './keys.ts';

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
  /** What a key did, told below the verdict until the next key, or the second verdict after it. */
  readonly message: string | undefined;
  /** How many verdicts have come since the message. */
  readonly verdictsSinceMessage: number;
  /** A text shown in place of the verdict until the next key or save: a diff, last night. */
  readonly page: string | undefined;
  /** How often the reader has asked for more of what does not fit the screen. */
  readonly turns: number;
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
    verdictsSinceMessage: 0,
    page: undefined,
    turns: 0,
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
      return withVerdict(state, event.outcome);
    case 'done':
      return {
        ...state,
        busy: undefined,
        trouble: undefined,
        message: event.message,
        verdictsSinceMessage: 0,
        page: event.page,
        turns: 0,
      };
    case 'told':
      return { ...state, message: event.message, verdictsSinceMessage: 0 };
    case 'failed':
      return { ...state, busy: undefined, trouble: event.message };
    case 'resized':
      return { ...state, columns: event.columns, rows: event.rows };
    case 'key':
      return actionOf(event.key) === 'more'
        ? { ...state, turns: state.turns + 1 }
        : { ...state, message: undefined, page: undefined, turns: 0 };
    default:
      return state;
  }
}

/** What a key changed is checked at once; the verdict after that one is about something else. */
function withVerdict(state: WatchState, checked: CheckedBench): WatchState {
  const isOld = state.verdictsSinceMessage > 0;
  return {
    ...state,
    busy: undefined,
    trouble: undefined,
    page: undefined,
    turns: 0,
    checked,
    message: isOld ? undefined : state.message,
    verdictsSinceMessage: state.verdictsSinceMessage + 1,
  };
}

import type { StageVerdict } from '../check/stage-verdict.ts';

/** Everything that can happen while the workshop watches; sources push, one loop takes. */
export type WatchEvent =
  | { readonly type: 'saved' }
  | { readonly type: 'key'; readonly key: string }
  /** What a run that is under way is doing now. */
  | { readonly type: 'progress'; readonly what: string }
  | { readonly type: 'checked'; readonly outcome: CheckedBench }
  /** An action that a key started has ended, with what to tell. */
  | { readonly type: 'done'; readonly message: string; readonly page?: string }
  /** Something beside the verdict that the user should know. */
  | { readonly type: 'told'; readonly message: string }
  /** A check or an action could not be carried out. */
  | { readonly type: 'failed'; readonly message: string }
  /** Time has passed; the screen may want to say how much. */
  | { readonly type: 'tick' }
  | { readonly type: 'resized'; readonly columns: number; readonly rows: number }
  /** Nobody will press a key any more: the verdict that comes, or is there, is the last one. */
  | { readonly type: 'input-ended' }
  | { readonly type: 'ended' };

/** A verdict on the bench, and what goes with it. */
export type CheckedBench = {
  readonly verdict: StageVerdict;
  /** Lines added to the start of the stage; `undefined` for a copy that is not the bench. */
  readonly linesTyped: number | undefined;
  readonly explainedBefore: number | undefined;
};

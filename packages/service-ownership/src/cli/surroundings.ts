import type { Span } from 'trace-shapes';

/** What a command may use of the process that it runs in. */
export interface Surroundings {
  readonly cwd: string;
  /** A folder for what is larger than the memory; DuckDB makes it when it needs it, and removes it. */
  readonly spillDir: string;
  /** Columns of the terminal; 80 where there is none. */
  readonly width: number;
  readonly colour: boolean;
  /** Writes a result; a line break is added. */
  readonly print: (text: string) => void;
  /** Writes to standard error: progress and notes, never results. */
  readonly note: (text: string) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Aborted when the user asks it to end. */
  readonly signal: AbortSignal;
  /** Waits between attempts to deliver a page, in milliseconds; a fraction of a minute in all if left out. */
  readonly retryWaitsMs?: readonly number[];
  /** Where the catalogue's files are when no `--catalog` names them; there are none if left out. */
  readonly defaultCatalog?: string;
  /** Where the objectives are when no `--slo` names them; there are none if left out. */
  readonly defaultSlo?: string;
  /** The spans to look at when no `--spans` names a file; `undefined` if there are none to fall back on. */
  readonly defaultSpans?: () => Promise<readonly Span[] | undefined>;
}

/** A mistake in how a command is used: a few sentences without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What a command may use of the process that it runs in. */
export interface Surroundings {
  readonly cwd: string;
  /** Columns of the terminal; 80 where there is none. */
  readonly width: number;
  readonly colour: boolean;
  /** Everything that is piped in. */
  readonly readInput: () => Promise<string>;
  /** Writes a result; a line break is added. */
  readonly print: (text: string) => void;
  /** Aborted when the user asks it to end. */
  readonly signal: AbortSignal;
}

/** A mistake in how the command is used: a few sentences without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

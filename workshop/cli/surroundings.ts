import { relative, resolve } from 'node:path';
import type { ReadStream, WriteStream } from 'node:tty';

/** What the command line knows of the world; everything below `cli/` gets it as an argument. */
export type Surroundings = {
  /** The project's folder. */
  readonly root: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Writes a text and a line end to standard output. */
  readonly print: (text: string) => void;
  /** Writes to standard error: progress and notes, never results. */
  readonly note: (text: string) => void;
  readonly columns: number;
  readonly rows: number;
  readonly colour: boolean;
  /** Whether a person sits at both ends: keys can be read and the screen redrawn. */
  readonly isInteractive: boolean;
  /** Both ends of the terminal, when there is one. */
  readonly terminal: { readonly input: ReadStream; readonly output: WriteStream } | undefined;
  /** Calls back when standard input, which is no terminal, has come to its end; reads it until disposed. */
  readonly onInputEnd: (react: () => void) => Disposable;
  /** Calls back when this process ends without winding up, until disposed. */
  readonly atExit: (react: () => void) => Disposable;
  /** Aborted by Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  readonly nodePath: string;
};

/** The folder as the user would type it. */
export function shownPath({ cwd }: Pick<Surroundings, 'cwd'>, dir: string): string {
  return relative(cwd, dir) || '.';
}

/** A path that the user typed. */
export function typedPath({ cwd }: Pick<Surroundings, 'cwd'>, path: string): string {
  return resolve(cwd, path);
}

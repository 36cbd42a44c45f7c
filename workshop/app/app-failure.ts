/** Why an app is not running: data for a finding. Every kind but the Procfile's names the process. */
export type AppFailure =
  | { readonly kind: 'no-procfile'; readonly file: string }
  | {
      readonly kind: 'bad-procfile';
      readonly file: string;
      readonly line: number;
      readonly text: string;
      readonly why: string;
    }
  | { readonly kind: 'unknown-process'; readonly process: string; readonly known: readonly string[] }
  | ProcessFailure;

/** What one process did instead of becoming healthy. */
export type ProcessFailure = { readonly process: string; readonly lastLines: readonly string[] } & (
  | { readonly kind: 'command-not-found'; readonly command: string }
  | ({ readonly kind: 'exited'; readonly fault: Fault | undefined } & Exit)
  | ({ readonly kind: 'syntax-error' } & Fault)
  /** An import of a name that its module does not export; calls of older libraries look like this. */
  | ({ readonly kind: 'missing-export'; readonly module: string; readonly name: string } & Fault)
  /** An import of, or a command line with, a file or package that does not exist. */
  | ({ readonly kind: 'missing-module'; readonly module: string } & Fault)
  | ({ readonly kind: 'never-listened'; readonly deadlineMs: number } & Unanswered)
  /** It took the connection and never answered. */
  | ({ readonly kind: 'never-answered'; readonly deadlineMs: number } & Unanswered)
  /** It listens, but not on 127.0.0.1:PORT. */
  | { readonly kind: 'wrong-port'; readonly port: number; readonly listensOn: readonly string[] }
  | { readonly kind: 'unhealthy'; readonly port: number; readonly status: number; readonly body: string }
);

/** How a process ended. */
export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** An error that Node printed before it gave up, and where it says that it is. */
export type Fault = {
  readonly message: string;
  readonly file: string | undefined;
  readonly line: number | undefined;
};

type Unanswered = {
  readonly port: number;
  /** True when it used a processor all the time, as an endless loop does; undefined where that cannot be known. */
  readonly isBusy: boolean | undefined;
};

/** Something to do that takes a while; it ends early when its signal is aborted. */
export type Task = (signal: AbortSignal) => Promise<void>;

/** Tasks that wait for their turn. */
export type TaskLine = {
  readonly isEmpty: () => boolean;
  readonly append: (task: Task) => void;
  /** Ends what is under way and forgets the rest; this one comes next. */
  readonly interruptWith: (task: Task) => void;
  /** Ends what is under way and forgets the rest. */
  readonly clear: () => Promise<void>;
};

/** Makes a line in which one task runs at a time; `onDone` hears of the end of each. */
export function createTaskLine(onDone: (error: unknown) => void): TaskLine {
  let waiting: Task[] = [];
  let current: { readonly leaving: AbortController; readonly over: Promise<void> } | undefined;

  function runNext(): void {
    const task = waiting.shift();
    if (!task) return;
    const leaving = new AbortController();
    current = { leaving, over: run(task, leaving.signal) };
  }

  async function run(task: Task, signal: AbortSignal): Promise<void> {
    const error = await task(signal).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    current = undefined;
    onDone(signal.aborted ? undefined : error);
    runNext();
  }

  function append(task: Task): void {
    waiting.push(task);
    if (!current) runNext();
  }

  return {
    isEmpty: () => !current && waiting.length === 0,
    append,
    interruptWith(task) {
      waiting = [];
      current?.leaving.abort(new Error('Something else came first.'));
      append(task);
    },
    async clear() {
      waiting = [];
      current?.leaving.abort(new Error('The live view ends.'));
      await current?.over;
    },
  };
}

/** One line that a process printed; `atMs` is the time of its arrival since the epoch. */
export type LogLine = {
  readonly process: string;
  readonly stream: 'stdout' | 'stderr';
  readonly line: string;
  readonly atMs: number;
};

/** What the processes of an app printed. A flood keeps its beginning and its end. */
export type AppLog = {
  /** Every kept line, in the order of arrival. */
  lines(): readonly LogLine[];
  /** The last lines of one process, the standard error included. */
  lastLines(process: string, count: number): readonly string[];
  /** How many lines were let go between the kept ones. */
  omitted(process: string): number;
  /** Calls the listener with each line from now on; the returned function ends that. */
  onLine(listener: (line: LogLine) => void): () => void;
};

/** A log that can be written to. */
export type WritableAppLog = AppLog & { append(line: LogLine): void };

/** Makes an empty log that keeps this many first and last lines of each process. */
export function createAppLog(keep: number = 2_000): WritableAppLog {
  const kept = new Map<string, KeptLines>();
  const listeners = new Set<(line: LogLine) => void>();
  let arrived = 0;
  return {
    append(line) {
      const ofProcess = kept.get(line.process) ?? { first: [], last: [], count: 0 };
      kept.set(line.process, ofProcess);
      keepLine(ofProcess, { line, number: ++arrived }, keep);
      for (const listener of listeners) listener(line);
    },
    lines: () =>
      [...kept.values()]
        .flatMap((ofProcess) => inOrder(ofProcess))
        .sort((a, b) => a.number - b.number)
        .map(({ line }) => line),
    lastLines: (process, count) =>
      inOrder(kept.get(process))
        .slice(-count)
        .map(({ line }) => line.line),
    omitted(process) {
      const ofProcess = kept.get(process);
      return ofProcess ? ofProcess.count - ofProcess.first.length - ofProcess.last.length : 0;
    },
    onLine(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

type Numbered = { readonly line: LogLine; readonly number: number };

/** `last` is a ring: its oldest line is where the next one goes. */
type KeptLines = { readonly first: Numbered[]; readonly last: Numbered[]; count: number };

function keepLine(ofProcess: KeptLines, line: Numbered, keep: number): void {
  const { first, last } = ofProcess;
  ofProcess.count++;
  if (first.length < keep) first.push(line);
  else last[(ofProcess.count - 1) % keep] = line;
}

function inOrder(ofProcess: KeptLines | undefined): readonly Numbered[] {
  if (!ofProcess) return [];
  return [...ofProcess.first, ...ofProcess.last.toSorted((a, b) => a.number - b.number)];
}

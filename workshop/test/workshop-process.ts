import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** How the real program came to its end. */
export type WorkshopEnd = {
  readonly code: number | null;
  /** What it printed, without colours; in a terminal, both streams and every drawing of the screen. */
  readonly out: string;
  readonly err: string;
};

/** The real program, running; disposing ends it. */
export type WorkshopProcess = AsyncDisposable & {
  readonly pid: number;
  readonly ended: Promise<WorkshopEnd>;
  /** Waits until it has printed this since `mark` (or since its start), and says what it printed instead at the deadline. */
  readonly sees: (pattern: RegExp | string, mark?: number) => Promise<void>;
  /** Everything that it printed on both streams. */
  readonly output: () => string;
  /** The same with the escape sequences that draw. */
  readonly raw: () => string;
  /** A place in the output: what comes after it is new. */
  readonly mark: () => number;
  readonly type: (keys: string) => void;
  /** Brings its standard input to its end: nobody will type any more. */
  readonly endInput: () => void;
  readonly kill: (signal: NodeJS.Signals) => void;
};

/** How to run it. */
export type ProcessOptions = {
  readonly env?: Readonly<Record<string, string>>;
  /** In a terminal of its own, with keys and redraw. */
  readonly terminal?: boolean;
  /** Standard input is open until it ends; else it is at its end from the start. */
  readonly input?: 'open' | 'empty';
  readonly node?: string;
};

/** Whether this system can run a program in a terminal of its own. */
export const hasTerminals = process.platform === 'linux' && existsSync('/usr/bin/script');

/** Starts the real program in a project. */
export function startWorkshop(
  root: string,
  args: readonly string[],
  { env = {}, terminal = false, input = 'empty', node = process.execPath }: ProcessOptions = {},
): WorkshopProcess {
  const words = [node, join(root, 'workshop', 'guard.js'), ...args];
  const command = `stty rows 40 cols 100; ${words.map((word) => `'${word}'`).join(' ')}`;
  const [file, ...rest] = terminal ? ['/usr/bin/script', '-qfec', command, '/dev/null'] : words;
  const child = spawn(file as string, rest, {
    cwd: root,
    env: { ...cleanEnv(), TERM: 'xterm', ...env },
    stdio: [terminal || input === 'open' ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  });
  const texts = { out: '', err: '', both: '' };
  let hasEnded = false;
  const waiting = new Set<() => void>();
  for (const [stream, name] of [
    [child.stdout, 'out'],
    [child.stderr, 'err'],
  ] as const) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
      texts.both += text;
      for (const look of waiting) look();
    });
  }
  child.stdin?.on('error', () => {});
  const ended = new Promise<WorkshopEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      hasEnded = true;
      resolve({ code, out: stripVTControlCharacters(texts.out), err: texts.err });
      for (const look of waiting) look();
    });
  });
  const output = () => stripVTControlCharacters(texts.both);

  function sees(pattern: RegExp | string, mark = 0): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const isThere = () => {
      const text = output().slice(mark);
      return typeof pattern === 'string' ? text.includes(pattern) : pattern.test(text);
    };
    const look = () => {
      if (isThere()) resolve();
      else if (hasEnded) reject(new Error(`It ended without ${pattern}. It printed:\n${output()}`));
    };
    const timer = setTimeout(
      () => reject(new Error(`Did not see ${pattern} within ${DEADLINE_MS / 1000} s. It printed:\n${output()}`)),
      DEADLINE_MS,
    );
    waiting.add(look);
    look();
    return promise.finally(() => {
      clearTimeout(timer);
      waiting.delete(look);
    });
  }

  return {
    pid: child.pid as number,
    ended,
    sees,
    output,
    raw: () => texts.both,
    mark: () => output().length,
    type: (keys) => void child.stdin?.write(keys),
    endInput: () => void child.stdin?.end(),
    kill: (signal) => void child.kill(signal),
    async [Symbol.asyncDispose]() {
      if (!hasEnded) child.kill('SIGTERM');
      await ended;
    },
  };
}

/** What surrounds the tests must not reach the program: Vitest's own settings, CI, colours. */
function cleanEnv(): Record<string, string> {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  return { PATH, HOME, ...(TMPDIR && { TMPDIR }) };
}

const DEADLINE_MS = 25_000;

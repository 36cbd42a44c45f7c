import { fileURLToPath } from 'node:url';
import { toTerminalText } from '../telemetry/terminal-text.ts';
import { readEnvFile } from './read-env-file.ts';
import type { Surroundings } from './surroundings.ts';

/** Reads the world once: the only place besides `main.ts` that touches `process`. */
export function readSurroundings(): Surroundings {
  const { stdout, stderr, stdin } = process;
  const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
  const env = { ...readEnvFile(root), ...process.env };
  return {
    root,
    // npm runs scripts in the project's folder; INIT_CWD is where the user stands.
    cwd: env.INIT_CWD ?? process.cwd(),
    env,
    print: (text) => void stdout.write(`${toTerminalText(text)}\n`),
    note: (text) => void stderr.write(`${toTerminalText(text)}\n`),
    columns: Number(env.COLUMNS) || stdout.columns || 80,
    rows: stdout.rows || 24,
    colour: hasColour(env, stdout.isTTY === true),
    isInteractive: stdout.isTTY === true && stdin.isTTY === true && !env.CI,
    terminal: stdout.isTTY && stdin.isTTY ? { input: stdin, output: stdout } : undefined,
    onInputEnd,
    atExit,
    signal: abortOnSignals(),
    nodePath: process.execPath,
  };
}

/** Whether to paint, by https://no-color.org and https://force-color.org. */
export function hasColour(env: Surroundings['env'], isTerminal: boolean): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0';
  return isTerminal && env.TERM !== 'dumb';
}

function onInputEnd(react: () => void): Disposable {
  const { stdin } = process;
  // A terminal does not end, and who reads it from the background is stopped.
  if (stdin.isTTY) return { [Symbol.dispose]: () => {} };
  for (const ending of ['end', 'error'] as const) stdin.once(ending, react);
  stdin.resume();
  return {
    [Symbol.dispose]() {
      for (const ending of ['end', 'error'] as const) stdin.off(ending, react);
      stdin.pause();
      stdin.destroy();
    },
  };
}

function atExit(react: () => void): Disposable {
  process.once('exit', react);
  return { [Symbol.dispose]: () => void process.off('exit', react) };
}

/** A first signal asks everything to end and be cleaned up; a second one does not wait. */
function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort(new Error(`stopped by ${name}`));
    });
  }
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // `npm run traces | head` closes the pipe early.
    if (error.code === 'EPIPE') process.exit(0);
  });
  return controller.signal;
}

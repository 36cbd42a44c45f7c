import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Receiver } from 'trace-shapes';

/** The example's app as a process of its own, which sends its spans to the receiver. */
export interface Library extends AsyncDisposable {
  readonly url: string;
  /** Resolves once the app has printed a line like this. */
  waitForLine(pattern: RegExp): Promise<string>;
  /** Asks the app to end; once it has, everything that it will ever send has come. */
  stop(): Promise<void>;
}

/** Starts the app and waits until it listens. */
export async function startLibrary(receiver: Receiver, jobs: string): Promise<Library> {
  const app = spawn(process.execPath, ['--import', './tracing.ts', 'library.ts', jobs], {
    cwd: import.meta.dirname,
    env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint, OTEL_SERVICE_NAME: 'library' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(app, 'exit');
  const lines: string[] = [];
  const output = createInterface(app.stdout).on('line', (line) => lines.push(line));
  const stop = async () => {
    app.kill('SIGTERM');
    await exited;
  };
  const waitForLine = async (pattern: RegExp) => {
    for (;;) {
      const found = lines.find((line) => pattern.test(line));
      if (found !== undefined) return found;
      const ended = await Promise.race([exited.then(() => true), once(output, 'line').then(() => false)]);
      if (ended) throw new Error(`The app ended before it printed ${pattern}. It printed: ${lines.join(' | ')}`);
    }
  };
  const port = (await waitForLine(/^listening on/)).split(' ').at(-1);
  return { url: `http://127.0.0.1:${port}`, waitForLine, stop, [Symbol.asyncDispose]: stop };
}

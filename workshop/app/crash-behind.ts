import { AppCrashed, type Crash } from './running-app.ts';

/** The crash that cut a request short, or the request's own error: a connection is cut a moment before the exit is known. */
export async function crashBehind(crashed: AbortSignal, error: unknown): Promise<Crash> {
  if (!crashed.aborted) {
    const over = Promise.withResolvers<void>();
    for (const signal of [crashed, AbortSignal.timeout(PATIENCE_MS)])
      signal.addEventListener('abort', () => over.resolve(), { once: true });
    await over.promise;
  }
  if (crashed.reason instanceof AppCrashed) return crashed.reason.crash;
  throw error;
}

const PATIENCE_MS = 1_000;

import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { UsageError } from '../stages/usage-error.ts';
import { withoutPassword } from './database-url.ts';

/** The one connection by which a workshop process makes and drops databases, opened again whenever it was lost. */
export type AdminSession = {
  /** Names this process's databases; others see by a lock on it that their owner lives. */
  readonly ownerKey: number;
  /** Runs the work with a live connection; when the server had gone away, again on the one that comes back. */
  run<Result>(work: Work<Result>): Promise<Result>;
  /** How many connections there have been; the present one is tried first, so that a server that is gone counts. */
  generation(): Promise<number>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Something to do with the connection; the URL leads to the same server. */
export type Work<Result> = (client: pg.Client, url: string) => Promise<Result>;

/** The first half of the advisory locks by which living owners are known; its own number is no owner's key. */
export const ownerLockClass = 0x70_75_72_6c;

/**
 * Opens the session at the URL that `locate` gives, which may start the server. One that takes a question and does not
 * answer within the patience is told of, and asked anew the next time.
 */
export async function openAdminSession(locate: () => Promise<string>, patienceMs = 30_000): Promise<AdminSession> {
  const ownerKey = randomInt(1, 2 ** 31);
  let generation = 0;
  let current: { readonly client: pg.Client; readonly url: string } | undefined;
  // One connection answers one question at a time.
  let queue: Promise<unknown> = Promise.resolve();

  async function connected(): Promise<{ readonly client: pg.Client; readonly url: string }> {
    if (current) return current;
    const url = await locate();
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, query_timeout: patienceMs });
    client.on('error', () => {});
    client.on('end', () => {
      if (current?.client === client) current = undefined;
    });
    await client.connect();
    await client.query('select pg_advisory_lock($1, $2)', [ownerLockClass, ownerKey]);
    current = { client, url };
    generation++;
    return current;
  }

  async function attempt<Result>(work: Work<Result>): Promise<Result> {
    const { client, url } = await connected();
    return work(client, url);
  }

  async function attemptAgain<Result>(work: Work<Result>, attempts: number): Promise<Result> {
    try {
      return await attempt(work);
    } catch (error) {
      if (isSilence(error)) throw silentError(await abandon(), patienceMs, error);
      if (attempts === 1 || !isConnectionLoss(error)) throw error;
      await forget();
      // A server that was just killed may still take a connection.
      await delay(25);
      return attemptAgain(work, attempts - 1);
    }
  }

  async function forget(): Promise<void> {
    const client = current?.client;
    current = undefined;
    await client?.end().catch(() => {});
  }

  /** Ends the connection without a farewell, for which nobody would answer. */
  async function abandon(): Promise<string> {
    const abandoned = current;
    current = undefined;
    abandoned?.client.connection.stream.destroy();
    return abandoned?.url ?? '';
  }

  function run<Result>(work: Work<Result>): Promise<Result> {
    const result = queue.then(() => attemptAgain(work, 4));
    queue = result.catch(() => {});
    return result;
  }

  await connected();
  return {
    ownerKey,
    run,
    generation: async () => {
      await run((client) => client.query('select'));
      return generation;
    },
    async [Symbol.asyncDispose]() {
      await queue;
      await forget();
    },
  };
}

function isSilence(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout';
}

function silentError(url: string, patienceMs: number, cause: unknown): UsageError {
  return new UsageError(
    `Postgres (${withoutPassword(url)}) took a question and did not answer within ${patienceMs / 1000} s. It is suspended, or the machine ` +
      'is very busy. Wake it up, or end it: the next try starts it again. `npm run doctor` looks at it.',
    { cause },
  );
}

function isConnectionLoss(error: unknown): boolean {
  const { code, message } = error as { code?: string; message: string };
  // 57P0x: the server shuts down, has crashed or is starting.
  if (error instanceof pg.DatabaseError) return code?.startsWith('57P') === true;
  return /^(ECONN|EPIPE)/.test(code ?? '') || /Connection terminated|not queryable|Client was closed/.test(message);
}

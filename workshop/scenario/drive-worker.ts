import type { Answer } from './send-request.ts';
import { type Queryable, waitForRows } from './wait-for-rows.ts';

/** The worker of a running app: it can be away for a while. */
export type RestartableWorker = { readonly restart: (whileAway: () => Promise<void>) => Promise<void> };

/** How a job of the standard scenario is meant to go; nobody asked for the one that is `unasked`, it is just there. */
export type JobWish = 'done' | 'queued-while-away' | 'failing' | 'unasked';

/** One restock of the standard scenario, as the database had it in the end. */
export type JobFact = {
  readonly wish: JobWish;
  readonly state: string;
  readonly attempts: number;
  /** Whether somebody wrote a `traceparent` into its payload. */
  readonly carriesContext: boolean;
};

/** What jobs are queued and looked at by. */
export type JobDesk = {
  /** The wish goes along in the query, so that the requests can be told from each other. */
  readonly queueRestock: (sku: string, wish: JobWish) => Promise<Answer>;
  readonly database: Queryable;
  readonly signal: AbortSignal;
};

/** Queues a job that fails and one that does not, and waits until the worker has done with both. */
export async function workOffJobs({ queueRestock, database, signal }: JobDesk): Promise<void> {
  await queueRestock(SKUS.failing, 'failing');
  await queueRestock(SKUS.done, 'done');
  await waitForQuiet(database, signal);
}

/**
 * Restarts the worker while nothing is due. While it is away a job is queued, another is just there, as those are that
 * were queued before anybody traced them, and `meanwhile` begins; gives what that came to.
 */
export async function restartInBetween<Result>(
  { queueRestock, database, signal }: JobDesk,
  worker: RestartableWorker,
  meanwhile: () => Promise<Result>,
): Promise<Result> {
  await waitForQuiet(database, signal);
  let begun: Promise<Result> | undefined;
  await worker.restart(async () => {
    await queueRestock(SKUS['queued-while-away'], 'queued-while-away');
    const unasked = { sku: SKUS.unasked, quantity: 1 };
    await database.query(`insert into jobs (kind, payload) values ('restock', $1)`, [unasked]);
    begun = meanwhile();
    // Whether it fails is told below, when the worker is back.
    begun.catch(() => {});
  });
  return begun ?? meanwhile();
}

/** Waits until the worker has done with whatever is due, and tells what became of the scenario's own jobs. */
export async function readJobs({ database, signal }: JobDesk): Promise<readonly JobFact[]> {
  await waitForQuiet(database, signal);
  const { rows } = await database.query(
    `select payload::text as payload, state, attempts from jobs where kind = 'restock' order by id`,
  );
  return rows.flatMap(({ payload, state, attempts }) => {
    const text = String(payload);
    const wish = WISHES.find((one) => text.includes(SKUS[one]));
    if (!wish) return [];
    return { wish, state: String(state), attempts: Number(attempts), carriesContext: text.includes('traceparent') };
  });
}

/** In words, which jobs did not go as they were meant to. */
export function brokenJobs(jobs: readonly JobFact[]): readonly string[] {
  return WISHES.flatMap((wish) => {
    const job = jobs.find((one) => one.wish === wish);
    const [state, attempts] = wish === 'failing' ? ['failed', 3] : ['done', 1];
    if (job?.state === state && job.attempts === attempts) return [];
    const came = job ? `was ${job.state} after ${job.attempts} attempts` : 'was never queued';
    return [`a restock (${IN_WORDS[wish]}) ${came}, and not ${state} after ${attempts}`];
  });
}

async function waitForQuiet(database: Queryable, signal: AbortSignal): Promise<void> {
  const due = `select id from jobs where state = 'queued' and run_at < now() + interval '1 hour'`;
  await waitForRows(database, { sql: due, isEnough: (rows) => rows.length === 0, deadlineMs: 5_000, signal });
}

const SKUS: Readonly<Record<JobWish, string>> = {
  done: 'L-LINEN-SALT',
  'queued-while-away': 'J-JUTE-PLAIN',
  // The shop takes an order for anything; the worker finds out that there is no such yarn.
  failing: 'N-NYLON',
  unasked: 'S-SOCK-NAVY',
};

const WISHES = Object.keys(SKUS) as readonly JobWish[];

const IN_WORDS: Readonly<Record<JobWish, string>> = {
  done: 'of a yarn that there is',
  'queued-while-away': 'queued while the worker was away',
  failing: 'of a yarn that there is not',
  unasked: 'that nobody asked for',
};

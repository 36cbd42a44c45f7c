import { type Span, startReceiver } from 'trace-shapes';
import { signalEnv } from '../app/signals.ts';
import { startApp } from '../app/start-app.ts';
import type { Bay } from '../check/run-stage.ts';
import { openPool } from '../scenario/open-pool.ts';
import { waitForRows } from '../scenario/wait-for-rows.ts';
import type { Signal } from '../stages/define-stage.ts';
import { driveVisits, fillBaskets, placeOrder } from './drive-visits.ts';
import { weighExports } from './weigh-exports.ts';

/** One measured run of a state of the app. */
export type MeasuredState = {
  readonly startMs: number;
  readonly visitsPerSecond: number;
  /** What came of some orders by themselves; empty unless they were asked for. */
  readonly spans: readonly Span[];
  readonly bytes: number;
};

/** Which copy to measure, and how much. */
export type StatePlan = {
  readonly dir: string;
  readonly signals: readonly Signal[];
  readonly visits: number;
  /** The orders whose spans and bytes are counted; 0 for none. */
  readonly orders: number;
  /** The share of traces that a copy which samples is asked for, from 0 to 1; all of them unless said otherwise. */
  readonly ratio?: number;
  readonly signal: AbortSignal;
};

/** Starts all of a copy's processes on a fresh database, drives visits, and then, started anew, some orders by themselves. */
export async function measureState(bay: Bay, plan: StatePlan): Promise<MeasuredState> {
  const { visits, orders, signal } = plan;
  await using database = await bay.server.cloneDatabase({ sql: bay.sql });
  await using receiver = await startReceiver();
  await using scale = await weighExports(receiver.endpoint);
  const where = { ...plan, databaseUrl: database.url, otlpEndpoint: scale.endpoint };
  const driven = await whileRunning(bay, where, async (shopUrl) => {
    await driveVisits(shopUrl, { count: WARM_UP, atOnce: AT_ONCE }, signal);
    const visitsPerSecond = await driveVisits(shopUrl, { count: visits, atOnce: AT_ONCE }, signal);
    return { visitsPerSecond, baskets: await fillBaskets(shopUrl, orders, signal) };
  });
  const { startMs, result } = driven;
  if (orders === 0) return { startMs, visitsPerSecond: result.visitsPerSecond, spans: [], bytes: 0 };
  const before = scale.bytes();
  receiver.clear();
  const second = await whileRunning(bay, where, (shopUrl) => orderAll(shopUrl, result.baskets, where));
  return {
    startMs: Math.min(startMs, second.startMs),
    visitsPerSecond: result.visitsPerSecond,
    spans: receiver.telemetry.spans,
    bytes: scale.bytes() - before,
  };
}

type Where = StatePlan & { readonly databaseUrl: string; readonly otlpEndpoint: string };

async function whileRunning<T>(
  bay: Bay,
  where: Where,
  drive: (shopUrl: string) => Promise<T>,
): Promise<{ readonly startMs: number; readonly result: T }> {
  const startedAt = performance.now();
  const env = { ...signalEnv(where.signals), OTEL_TRACES_SAMPLER_ARG: String(where.ratio ?? 1) };
  const start = await startApp({ ...bay, ...where, processes: PROCESSES, env });
  const startMs = performance.now() - startedAt;
  if (!start.ok) throw new Error(`The app in ${where.dir} did not start: ${JSON.stringify(start.failure)}`);
  await using app = start.app;
  return { startMs, result: await drive(app.urls.shop as string) };
}

/** One after the other, and then until everything has happened that is done for each after its answer. */
async function orderAll(shopUrl: string, baskets: readonly string[], { databaseUrl, signal }: Where): Promise<void> {
  await using database = openPool(databaseUrl);
  const { rows } = await database.query(UNCOUNTED);
  const ids: string[] = [];
  for (const basket of baskets) ids.push(await placeOrder(shopUrl, basket, signal));
  const isEnough = (rows: readonly unknown[]) => rows.length >= ids.length;
  const done = await waitForRows(database, {
    sql: ALL_DONE,
    values: [ids, rows[0]?.uncounted ?? 0],
    isEnough,
    deadlineMs: 20_000,
    signal,
  });
  if (!isEnough(done))
    throw new Error(`The measured shop finished ${done.length} of ${ids.length} orders within 20 s.`);
}

const ALL_DONE = `
  select from unnest($1::text[]) as wanted (ordered)
  where exists (select from mails where kind = 'confirmation' and order_id = ordered)
    and exists (select from mails where kind = 'notice' and order_id = ordered)
    and exists (select from loyalty_ledger where order_id = ordered)
    and exists (select from pick_list where order_id = ordered)
    and exists (select from audit_log where order_id = ordered)
    and (select entries + $2 from audit_counters where kind = 'orders') >= (select count(distinct order_id) from audit_log)`;
/** The shop counts an entry after it was written: those between which it was stopped before are never counted. */
const UNCOUNTED = `
  select (select count(distinct order_id)::int from audit_log) - entries as uncounted
  from audit_counters where kind = 'orders'`;
const PROCESSES = ['shop', 'warehouse', 'payments', 'worker'];
const WARM_UP = 12;
const AT_ONCE = 8;

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePorts } from 'trace-shapes';
import { type AppSurroundings, type Env, envOf, urlsOf } from '../app/app-env.ts';
import { runStandardScenario } from '../scenario/standard-scenario.ts';
import { startCountingReceiver } from './counting-receiver.ts';

/** What the floor runs: the very processes of the stage, told as command lines. */
export type FloorPlan = {
  readonly dir: string;
  readonly nodePath: string;
  readonly databaseUrl: string;
  readonly compileCacheDir: string;
  /** The arguments of `node` for each process by name. */
  readonly processes: Readonly<Record<string, readonly string[]>>;
  readonly baseEnv: Env;
  /** Whether the stage's checks ask for jobs. */
  readonly drivesJobs: boolean;
};

/**
 * The least that a check can take: the same processes with the same SDK, the same requests and the same waits for their
 * effects, SIGTERM and exit, with a receiver that only counts. Nothing is parsed, judged or drawn.
 * @returns milliseconds
 */
export async function runFloor(plan: FloorPlan): Promise<number> {
  const names = Object.keys(plan.processes);
  const ports = await findFreePorts(names.length);
  await using receiver = await startCountingReceiver();
  const startedAt = performance.now();
  const portOf = new Map(names.map((name, i) => [name, ports[i] as number]));
  const urls = urlsOf(portOf);
  const start = (name: string) => startChild(name, plan, { ...plan, ports: portOf, otlpEndpoint: receiver.endpoint });
  const children = new Map(names.map((name) => [name, start(name)]));
  const endAll = async () => void (await Promise.all(Array.from(children.values(), endChild)));
  await using held = new AsyncDisposableStack();
  held.defer(endAll);
  const restart = async (name: string, whileAway: () => Promise<void>) => {
    await endChild(children.get(name));
    await whileAway();
    children.set(name, start(name));
    await untilHealthy(urls[name] as string);
  };
  await Promise.all(Object.values(urls).map(untilHealthy));
  const signal = AbortSignal.timeout(30_000);
  const { broken } = await runStandardScenario({
    shopUrl: urls.shop as string,
    databaseUrl: plan.databaseUrl,
    hasWorker: children.has('worker'),
    jobsFor: plan.drivesJobs ? { restart: (whileAway) => restart('worker', whileAway) } : undefined,
    signal,
  });
  await endAll();
  const tookMs = performance.now() - startedAt;
  if (broken.length > 0) throw new Error(`The floor's shop does not do what it should: ${broken[0]}.`);
  if (receiver.bytes() === 0) throw new Error('The floor received no spans: it does not run what the check runs.');
  return tookMs;
}

function startChild(
  name: string,
  { dir, nodePath, processes }: FloorPlan,
  surroundings: AppSurroundings,
): ChildProcess {
  // Spans come with the exit, as in a check.
  const env = { ...envOf(name, surroundings), OTEL_BSP_SCHEDULE_DELAY: '60000' };
  return spawn(nodePath, [...(processes[name] ?? [])], { cwd: dir, env, stdio: 'ignore' });
}

async function untilHealthy(url: string): Promise<void> {
  const givesUpAt = performance.now() + 30_000;
  while (performance.now() < givesUpAt) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    await delay(5);
  }
  throw new Error(`Nothing answered at ${url} within 30 s.`);
}

async function endChild(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startReceiver } from 'trace-shapes';
import { startApp } from '../app/start-app.ts';
import type { Bay } from '../check/run-stage.ts';
import { readTopology } from '../supply-chain/topology.ts';

/** How long it takes until a dozen processes are healthy, in milliseconds, round by round. */
export type ChainStarts = { readonly chainMs: readonly number[]; readonly bareMs: readonly number[] };

/** What to start, and how often. The Procfile in the folder is added to. */
export type ChainStartPlan = {
  readonly dir: string;
  readonly rounds: number;
  readonly onRound?: (round: number) => void;
  readonly signal: AbortSignal;
};

/**
 * Measures what starting the supply chain costs, against as many bare processes with the same SDK, hook and tracing.ts that
 * only say that they are there; by turns in one run. Round 0 fills the compile cache and does not count.
 */
export async function measureChainStart(bay: Bay, plan: ChainStartPlan): Promise<ChainStarts> {
  const chain = (await readTopology(plan.dir)).map(({ name }) => name);
  const bare = await addBareProcesses(plan.dir, chain.length);
  const chainMs: number[] = [];
  const bareMs: number[] = [];
  for (let round = 0; round <= plan.rounds; round++) {
    plan.onRound?.(round);
    // Who goes second is not always the same: something else may begin in the middle.
    const turns = round % 2 === 0 ? [chain, bare] : [bare, chain];
    for (const processes of turns) {
      const ms = await timeStart(bay, plan, processes);
      if (round > 0) (processes === chain ? chainMs : bareMs).push(ms);
    }
  }
  return { chainMs, bareMs };
}

async function addBareProcesses(dir: string, count: number): Promise<readonly string[]> {
  const names = Array.from({ length: count }, (_, i) => `bare-${i + 1}`);
  const lines = names.map(
    (name) => `${name}: OTEL_SERVICE_NAME=${name} node --import ./hook.ts --import ./tracing.ts bare.ts\n`,
  );
  await writeFile(join(dir, 'bare.ts'), BARE);
  await writeFile(join(dir, 'Procfile'), (await readFile(join(dir, 'Procfile'), 'utf8')) + lines.join(''));
  return names;
}

async function timeStart(bay: Bay, { dir, signal }: ChainStartPlan, processes: readonly string[]): Promise<number> {
  await using receiver = await startReceiver();
  const from = performance.now();
  const start = await startApp({
    ...bay,
    dir,
    processes,
    databaseUrl: '',
    otlpEndpoint: receiver.endpoint,
    signal,
  });
  if (!start.ok) throw new Error(`The processes did not start: ${JSON.stringify(start.failure)}`);
  await using _ = start.app;
  return performance.now() - from;
}

const BARE = `import { createServer } from 'node:http'
createServer((req, res) => res.end('ok')).listen(Number(process.env.PORT), '127.0.0.1')
`;

/**
 * How much processor time each question takes on Parquet, as a multiple of what DuckDB takes to scan the same columns once, in
 * the same run: `node packages/service-ownership/bench/spans.ts [1000000 10000000] [--memory MB] [--json]`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadParquet } from '../src/store/load-parquet.ts';
import { openStore } from '../src/store/open-store.ts';
import { makeSpans } from './make-spans.ts';
import { QUESTIONS, type Question, scan } from './questions.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    memory: { type: 'string', default: '1024' },
    rounds: { type: 'string', default: '5' },
    json: { type: 'boolean' },
  },
});
const sizes = positionals.length === 0 ? [1_000_000] : positionals.map(Number);
const folder = await mkdtemp(join(tmpdir(), 'service-ownership-bench-'));
try {
  const measured = [];
  for (const size of sizes) measured.push(...(await measureSize(size)));
  if (values.json) console.log(JSON.stringify(measured, undefined, 2));
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measureSize(size: number) {
  const path = join(folder, `${size}.parquet`);
  await makeSpans(path, size);
  const measured = [];
  for (const question of QUESTIONS) measured.push(await measure(question, path, size));
  if (!values.json)
    console.log(`  memory of the process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most`);
  return measured;
}

/** The least of some rounds, floor and question in turn: whatever else runs here can only add. */
async function measure({ name, columns, ask }: Question, path: string, size: number) {
  const floors: number[] = [];
  const times: number[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    await using store = await openStore({ memoryLimitMb: Number(values.memory), spillDir: join(folder, 'spill') });
    await loadParquet(store, path);
    floors.push(await timed(() => scan(store.engine, columns)));
    times.push(await timed(() => ask(store.engine)));
  }
  const [floorMs, ms] = [Math.min(...floors), Math.min(...times)];
  const figures = { spans: size, question: name, floorMs, ms, ratio: ms / floorMs };
  if (!values.json)
    console.log(
      `${size.toLocaleString('en').padStart(12)}  ${name.padEnd(24)} ${ms.toFixed(0).padStart(7)} ms  floor ${floorMs.toFixed(0).padStart(6)} ms  ${(ms / floorMs).toFixed(2).padStart(5)} ×`,
    );
  return figures;
}

/** Milliseconds of the processors, of all threads: other than by the clock, what else runs here does not count. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/**
 * Prints how long judging and receiving take as spans grow: `node packages/trace-shapes/bench/growth.ts [words of a name]`.
 * Growth is linear where the time for one span stays about the same from column to column.
 */
import { buildTraces, judge, renderVerdict, type Span, startReceiver } from '../src/index.ts';
import { encodeOtlp } from '../src/otlp/encode-otlp.ts';
import { NEAR_MISSES, WORKLOADS } from './workloads.ts';

const SIZES = [1_000, 10_000, 100_000];
const BATCH = 512;
const wanted = process.argv.slice(2).join(' ');

for (const { name, make } of [...WORKLOADS, NEAR_MISSES].filter((one) => one.name.includes(wanted))) {
  const cells: string[] = [];
  for (const size of name === NEAR_MISSES.name ? [500, 1_000, 2_000] : SIZES) {
    const { expected, spans } = make(size);
    cells.push(await measure(size, () => renderVerdict(judge(expected, buildTraces(spans)))));
  }
  print(`judge: ${name}`, cells);
}
if ('receive'.includes(wanted)) print(`receive: JSON, ${BATCH} spans a request`, await receiveAll());

async function receiveAll(): Promise<readonly string[]> {
  const cells: string[] = [];
  for (const size of SIZES) {
    const bodies = toBodies(WORKLOADS[0]?.make(size).spans ?? []);
    cells.push(await measure(size, () => receive(bodies, size)));
  }
  return cells;
}

function toBodies(spans: readonly Span[]): readonly string[] {
  return Array.from({ length: Math.ceil(spans.length / BATCH) }, (_, i) =>
    JSON.stringify(encodeOtlp('traces', { spans: spans.slice(i * BATCH, (i + 1) * BATCH), logs: [], metrics: [] })),
  );
}

async function receive(bodies: readonly string[], size: number): Promise<void> {
  await using receiver = await startReceiver();
  const headers = { 'content-type': 'application/json' };
  for (const body of bodies) await fetch(`${receiver.endpoint}/v1/traces`, { method: 'POST', headers, body });
  await receiver.waitUntil(`${size} spans`, ({ spans }) => spans.length === size, { deadlineMs: 60_000 });
}

/** The least of several times, since whatever else runs here can only add. */
async function measure(size: number, run: () => unknown): Promise<string> {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < (size > 10_000 ? 1 : 5); i++) {
    const start = performance.now();
    await run();
    least = Math.min(least, performance.now() - start);
  }
  return `${least.toFixed(0).padStart(6)} ms ${((least * 1000) / size).toFixed(1).padStart(6)} µs`;
}

function print(name: string, cells: readonly string[]): void {
  console.log(name.padEnd(48) + cells.join('  '));
}

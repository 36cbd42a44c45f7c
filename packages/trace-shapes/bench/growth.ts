/**
 * Prints how long judging takes as spans grow: `node packages/trace-shapes/bench/growth.ts [--large] [words of a name]`;
 * `--large` goes on to 1,000,000 spans and needs 8 GB: `node --max-old-space-size=8000 …`. Growth is linear where the time for one span stays about the same from column to column.
 */
import { parseArgs } from 'node:util';
import { buildTraces, judge, renderVerdict } from '../src/index.ts';
import { NEAR_MISSES, WORKLOADS } from './workloads.ts';

const { values, positionals } = parseArgs({
  options: { large: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const SIZES = [1_000, 10_000, 100_000, ...(values.large ? [1_000_000] : [])];
const wanted = positionals.join(' ');

for (const { name, make } of [...WORKLOADS, NEAR_MISSES].filter((one) => one.name.includes(wanted))) {
  const cells: string[] = [];
  for (const size of name === NEAR_MISSES.name ? [500, 1_000, 2_000] : SIZES) {
    const { expected, spans } = make(size);
    cells.push(await measure(size, () => renderVerdict(judge(expected, buildTraces(spans)))));
  }
  print(`judge: ${name}`, cells);
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

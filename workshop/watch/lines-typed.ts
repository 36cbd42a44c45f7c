import type { BenchPlace } from '../bench/bench-place.ts';
import { diffBench } from '../bench/diff-bench.ts';

/** How many lines the bench has that the start of its stage has not; blank lines and lone brackets count for none. */
export async function countLinesTyped(place: BenchPlace): Promise<number> {
  const { files } = await diffBench(place, 'start');
  const lines = files.filter(({ path }) => path !== 'INCIDENT.md').flatMap(({ text }) => text.split('\n'));
  return lines.filter((line) => line.startsWith('+') && !line.startsWith('+++') && /\w/.test(line.slice(1))).length;
}

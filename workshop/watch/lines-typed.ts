import type { BenchPlace } from '../bench/bench-place.ts';
import { diffBench } from '../bench/diff-bench.ts';

/** How many lines the bench has that the start of its stage has not; blank lines, lone brackets and drafts count for none. */
export async function countLinesTyped(place: BenchPlace): Promise<number> {
  const { files } = await diffBench(place, 'start');
  const lines = files.filter((file) => !isProse(file) && !isDraft(file)).flatMap(({ text }) => text.split('\n'));
  return lines.filter((line) => line.startsWith('+') && !line.startsWith('+++') && /\w/.test(line.slice(1))).length;
}

function isProse({ path }: { readonly path: string }): boolean {
  return path === 'INCIDENT.md';
}

/** What `ownership catalog --write` wrote, and said so in the first line. */
function isDraft({ text }: { readonly text: string }): boolean {
  return text.includes('\n+# Written from the spans of this service.');
}

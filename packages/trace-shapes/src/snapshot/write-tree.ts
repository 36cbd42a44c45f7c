import type { Forest } from './number-likes.ts';

/** One trace as lines of text, each child indented below its parent. */
export function writeTree(tops: readonly number[], forest: Forest): string {
  const lines: string[] = [];
  const pending = countAlike(tops)
    .map((one): Pending => ({ ...one, depth: 0 }))
    .reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { number, times, depth } = next;
    const [first = '', ...details] = forest.linesOf(number);
    const indent = indentOf(depth);
    lines.push(`${indent}${times === 1 ? '' : `${times} × `}${first}`);
    for (const detail of details) lines.push(`${indent}    ${detail}`);
    const below = countAlike(forest.childrenOf(number));
    for (const one of below.reverse()) pending.push({ ...one, depth: depth + 1 });
  }
  return lines.join('\n');
}

interface Alike {
  readonly number: number;
  readonly times: number;
}

interface Pending extends Alike {
  readonly depth: number;
}

/** In canonical order, those that are alike stand together. */
function countAlike(numbers: readonly number[]): Alike[] {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts].map(([number, times]) => ({ number, times }));
}

/** Below some levels the depth is a number: indented, a chain of 100,000 spans would be gigabytes. */
function indentOf(depth: number): string {
  return depth <= MOST_INDENTED ? '  '.repeat(depth) : `${'  '.repeat(MOST_INDENTED)}[${depth}] `;
}

const MOST_INDENTED = 40;

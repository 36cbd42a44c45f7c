import type { LogLine } from '../app/app-log.ts';

/** Something that the log complains of, and how often. */
export type Blame = { readonly message: string; readonly times: number; readonly firstLine: string };

/** Counts the warnings and errors of a log, alike but for their time; the most frequent first. */
export function countBlame(log: readonly LogLine[]): readonly Blame[] {
  const counted = new Map<string, { firstLine: string; times: number }>();
  for (const { line } of log) {
    const [, message] = /\b(?:WARN|ERROR)\b\W*(.+)$/.exec(line) ?? [];
    if (message === undefined) continue;
    const one = counted.get(message) ?? { firstLine: line, times: 0 };
    one.times++;
    counted.set(message, one);
  }
  return [...counted].map(([message, one]) => ({ message, ...one })).toSorted((a, b) => b.times - a.times);
}

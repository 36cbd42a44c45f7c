import type { LogLine } from '../app/app-log.ts';
import { parseLogLine } from '../app/parse-log-line.ts';

/** Something that the log complains of, and how often. */
export type Blame = { readonly message: string; readonly times: number; readonly firstLine: string };

/** Counts the warnings and errors of a log, alike but for their time and their trace; the most frequent first. */
export function countBlame(log: readonly LogLine[]): readonly Blame[] {
  const counted = new Map<string, { firstLine: string; times: number }>();
  for (const { process, line } of log) {
    const parsed = parseLogLine(line);
    if (!parsed || !COMPLAINTS.has(parsed.level)) continue;
    const message = `${parsed.service ?? process} ${parsed.message}`;
    const one = counted.get(message) ?? { firstLine: `${parsed.level} ${message}`, times: 0 };
    one.times++;
    counted.set(message, one);
  }
  return [...counted].map(([message, one]) => ({ message, ...one })).toSorted((a, b) => b.times - a.times);
}

const COMPLAINTS: ReadonlySet<string> = new Set(['WARN', 'ERROR', 'FATAL']);

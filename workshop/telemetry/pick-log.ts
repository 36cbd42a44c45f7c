import type { LogRecord } from 'trace-shapes';
import type { LogLine } from '../app/app-log.ts';
import { parseLogLine } from '../app/parse-log-line.ts';
import { toMs } from './run-times.ts';
import type { StoredRun } from './store.ts';

/** One thing that was logged: a line that a process printed, or a record that came over OTLP. */
export type LogEntry = {
  readonly atMs: number;
  readonly from: 'stdout' | 'stderr' | 'otlp';
  /** The process, or the service of a record. */
  readonly service: string;
  readonly text: string;
  /** `undefined` where nothing says to which trace it belongs. */
  readonly traceId: string | undefined;
};

/** Which log entries are wanted. */
export type LogWishes = {
  readonly traceId: string | undefined;
  readonly service: string | undefined;
  readonly grep: RegExp | undefined;
};

/** Everything that was logged in a run and is wanted, by time. */
export function pickLog(run: StoredRun, { traceId, service, grep }: LogWishes): readonly LogEntry[] {
  return entriesOf(run).filter(
    (entry) =>
      (traceId === undefined || entry.traceId === traceId || entry.text.includes(traceId)) &&
      (service === undefined || entry.service === service) &&
      (grep === undefined || grep.test(entry.text)),
  );
}

function entriesOf({ log, telemetry }: StoredRun): readonly LogEntry[] {
  const printed = log.map(entryOfLine);
  const records = telemetry.logs.map(entryOf);
  return [...withoutSent(printed, records), ...records].toSorted((a, b) => a.atMs - b.atMs);
}

/** A line that came over OTLP as well is shown once, as the record: that one has the shop's own time. */
function withoutSent(printed: readonly LogEntry[], records: readonly LogEntry[]): readonly LogEntry[] {
  const sent = Map.groupBy(records, sameness);
  return printed.filter((entry) => entry.traceId === undefined || sent.get(sameness(entry))?.shift() === undefined);
}

function sameness({ service, text, traceId }: LogEntry): string {
  return `${service} ${traceId} ${text}`;
}

/** A line of JSON is shown as the text that it holds; every other as it is. */
function entryOfLine({ atMs, stream, process, line }: LogLine): LogEntry {
  const parsed = line.startsWith('{') ? parseLogLine(line) : undefined;
  const text = parsed ? `${parsed.level} ${parsed.message}` : line;
  return { atMs, from: stream, service: process, text, traceId: parsed?.traceId };
}

function entryOf(record: LogRecord): LogEntry {
  const { body, timeUnixNano, observedTimeUnixNano, severityText, service, traceId } = record;
  const text = typeof body === 'string' ? body : JSON.stringify(body, (_, value) => plain(value));
  return {
    atMs: toMs(timeUnixNano === 0n ? observedTimeUnixNano : timeUnixNano),
    from: 'otlp',
    service,
    text: severityText === '' ? text : `${severityText.toUpperCase()} ${text}`,
    traceId,
  };
}

function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

import { buildTraces, createPaint, type Paint } from 'trace-shapes';
import { renderClock, renderOffset } from '../../render/render-time.ts';
import { UsageError } from '../../stages/usage-error.ts';
import { findTrace } from '../../telemetry/find-trace.ts';
import { type LogEntry, pickLog } from '../../telemetry/pick-log.ts';
import { startOfRun } from '../../telemetry/run-times.ts';
import type { StoredRun } from '../../telemetry/store.ts';
import { shortId } from '../../telemetry/summarise-trace.ts';
import { toLineText } from '../../telemetry/terminal-text.ts';
import { findService, parseLimit, readNewestRun } from '../newest-run.ts';
import type { Surroundings } from '../surroundings.ts';
import type { WorkshopCommand } from '../workshop-command.ts';

type Options = {
  readonly trace?: string;
  readonly service?: string;
  readonly grep?: string;
  readonly limit?: string;
  readonly night?: true;
  readonly json?: true;
};

/** `npm run logs`: what the processes printed in the newest run, and the log records that came over OTLP. */
export const logs: WorkshopCommand = (declare, run) => {
  declare('logs', 'show what was logged in the newest run')
    .option('--trace <id>', 'only what names this trace')
    .option('--service <name>', 'only what this process or service logged')
    .option('--grep <text>', 'only what matches this regular expression, in any case')
    .option('--limit <count>', 'how many to show, the last ones; 200, if left out')
    .option('--night', 'of the last replayed night, whatever has run since')
    .option('--json', 'print all of it as JSON')
    .action(run(showLogs));
};

async function showLogs(surroundings: Surroundings, options: Options): Promise<number> {
  const stored = await readNewestRun(surroundings, options);
  const limit = parseLimit(options.limit, 200);
  const entries = pickLog(stored, {
    traceId: options.trace === undefined ? undefined : traceIdOf(stored, options.trace),
    service: findService(stored, options.service),
    grep: options.grep === undefined ? undefined : parsePattern(options.grep),
  });
  const shown = options.json && !options.limit ? entries : entries.slice(-limit);
  if (options.json) surroundings.print(JSON.stringify(toJson(stored, shown), null, 2));
  else
    for (const line of render(stored, entries, shown, options, createPaint(surroundings.colour)))
      surroundings.print(line);
  return 0;
}

/** A whole id needs no spans: a log record may be all that came of a trace. */
function traceIdOf(stored: StoredRun, wanted: string): string {
  if (/^[0-9a-f]{32}$/i.test(wanted)) return wanted.toLowerCase();
  return findTrace(buildTraces(stored.telemetry.spans), wanted).traceId;
}

function parsePattern(text: string): RegExp {
  try {
    return new RegExp(text, 'i');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `\`--grep\` cannot be read: ${why}. Put a backslash before a character that is meant as it is.`,
    );
  }
}

function render(
  stored: StoredRun,
  entries: readonly LogEntry[],
  shown: readonly LogEntry[],
  { trace }: Options,
  paint: Paint,
): readonly string[] {
  const left = entries.length - shown.length;
  const startMs = startOfRun(stored);
  const offsets = shown.map(({ atMs }) => renderOffset(atMs, startMs));
  const widest = Math.max(0, ...offsets.map((text) => text.length));
  return [
    ...(left > 0 ? [paint('dim', `  … ${left} before these: --limit ${entries.length} shows all`)] : []),
    ...shown.map((entry, i) => {
      const line = paintEntry(entry, `${offsets[i]?.padStart(widest)}  ${renderEntry(entry)}`, paint);
      return line + paint('dim', trace === undefined ? traceOf(entry) : '');
    }),
    ...(entries.length === 0 ? [nothingOf(stored, trace)] : []),
  ];
}

/** The shop's own lines begin with the time and name the process; others get both. What is red for where it was printed says so. */
function renderEntry(entry: LogEntry): string {
  const { text, atMs, service } = entry;
  const own = /^\d\d:\d\d:\d\d\.\d{3} /.test(text);
  // A record of several lines stays one: its line ends are control characters here.
  const plain = toLineText(text.replace(/\p{Cc}/gu, '·'));
  const said = entry.from === 'stderr' && !isError(entry) ? `stderr ${plain}` : plain;
  return own ? said : `${renderClock(atMs)} ${toLineText(service)} ${said}`;
}

/** What `npm run trace` takes. */
function traceOf({ traceId }: LogEntry): string {
  return traceId === undefined ? '' : `  trace ${shortId(traceId)}`;
}

function paintEntry(entry: LogEntry, line: string, paint: Paint): string {
  if (isError(entry) || entry.from === 'stderr') return paint('red', line);
  return /\bWARN\b/.test(entry.text) ? paint('yellow', line) : line;
}

function isError({ text }: LogEntry): boolean {
  return /\b(ERROR|FATAL)\b/.test(text);
}

function nothingOf(stored: StoredRun, trace: string | undefined): string {
  const count = stored.log.length + stored.telemetry.logs.length;
  if (count === 0) return `  Nothing was logged in the newest run, ${stored.source}.`;
  return trace === undefined
    ? `  None of the ${count} lines of ${stored.source} is like that.`
    : `  None of the ${count} lines of ${stored.source} names that trace: they carry no ids.`;
}

function toJson(stored: StoredRun, entries: readonly LogEntry[]): object {
  const startMs = startOfRun(stored);
  return {
    source: stored.source,
    at: stored.at,
    startedAtMs: startMs,
    logs: entries.map((entry) => ({ ...entry, traceId: entry.traceId ?? null, sinceStartMs: entry.atMs - startMs })),
  };
}
